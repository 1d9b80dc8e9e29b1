package storagelab.grader.bench.peers;

import static storagelab.grader.bench.peers.EngineCatalog.LMDB;
import static storagelab.grader.bench.peers.EngineCatalog.LMDB_WRITE_MAP;
import static storagelab.grader.bench.peers.EngineCatalog.MV_STORE;
import static storagelab.grader.bench.peers.EngineCatalog.TUPL;

import java.util.List;
import storagelab.grader.bench.engine.EngineWorkload;
import storagelab.grader.bench.engine.PhaseResult.Figure;

/** What the engine of each lab is to reach. */
final class PeerTargets {
    private PeerTargets() {}

    /** The targets of lab {@code lab}, in the order of the report. */
    static List<PeerTarget> of(int lab) {
        return lab == 4 ? bTree() : List.of();
    }

    private static List<PeerTarget> bTree() {
        String[] ordered = {LMDB, LMDB_WRITE_MAP, MV_STORE, TUPL};
        return List.of(
                PeerTarget.timesAsFast(EngineWorkload.READ_RANDOM, 1.25, LMDB, LMDB_WRITE_MAP),
                PeerTarget.timesOurOwn(EngineWorkload.READ_RANDOM_2, 1.7, EngineWorkload.READ_RANDOM),
                PeerTarget.timesOurOwn(EngineWorkload.READ_MISS, 1, EngineWorkload.READ_RANDOM),
                PeerTarget.timesAsFast(EngineWorkload.SCAN_100, 1, MV_STORE),
                PeerTarget.timesAsFast(EngineWorkload.SCAN_100, 1.2, LMDB, LMDB_WRITE_MAP),
                PeerTarget.timesAsFast(EngineWorkload.FULL_SCAN, 1, MV_STORE),
                PeerTarget.timesAsFast(EngineWorkload.FILL_SEQUENTIAL, 1, LMDB_WRITE_MAP),
                PeerTarget.timesAsFast(EngineWorkload.FILL_RANDOM, 1, LMDB_WRITE_MAP),
                PeerTarget.timesAsFast(EngineWorkload.YCSB_B, 1, ordered),
                PeerTarget.timesAsFast(EngineWorkload.YCSB_C, 1, ordered),
                PeerTarget.timesAsFast(EngineWorkload.YCSB_E, 1, ordered),
                PeerTarget.timesAsFast(EngineWorkload.YCSB_A, 1, TUPL),
                PeerTarget.timesAsFast(EngineWorkload.YCSB_F, 1, TUPL),
                PeerTarget.shareOfTheDisk(0.5),
                PeerTarget.timesAsFast(EngineWorkload.LARGE_READ, 1.5, TUPL),
                PeerTarget.timesAsFast(EngineWorkload.LARGE_LOAD, 3, TUPL),
                PeerTarget.atMost(
                        EngineWorkload.LARGE_LOAD, Figure.WRITE_AMPLIFICATION, 10, "bytes written a byte put,"),
                PeerTarget.atMost(EngineWorkload.LARGE_READ, Figure.PAGE_READS_PER_GET, 1.2, "page reads a get,"),
                PeerTarget.atMost(EngineWorkload.FILL_RANDOM, Figure.FILE_TO_DATA, 1.5, "file over user data,"));
    }
}
