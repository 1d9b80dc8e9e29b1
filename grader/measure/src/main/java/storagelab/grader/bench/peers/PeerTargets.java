package storagelab.grader.bench.peers;

import static storagelab.grader.bench.peers.EngineCatalog.BARE_LSM;
import static storagelab.grader.bench.peers.EngineCatalog.BARE_TREE;
import static storagelab.grader.bench.peers.EngineCatalog.H2_SQL;
import static storagelab.grader.bench.peers.EngineCatalog.IQ80;
import static storagelab.grader.bench.peers.EngineCatalog.LEVEL_DB;
import static storagelab.grader.bench.peers.EngineCatalog.LMDB;
import static storagelab.grader.bench.peers.EngineCatalog.LMDB_WRITE_MAP;
import static storagelab.grader.bench.peers.EngineCatalog.MV_STORE;
import static storagelab.grader.bench.peers.EngineCatalog.MV_STORE_TRANSACTIONS;
import static storagelab.grader.bench.peers.EngineCatalog.OURS;
import static storagelab.grader.bench.peers.EngineCatalog.OURS_LSM;
import static storagelab.grader.bench.peers.EngineCatalog.OURS_SNAPPY;
import static storagelab.grader.bench.peers.EngineCatalog.PCMIND;
import static storagelab.grader.bench.peers.EngineCatalog.ROCKS_DB;
import static storagelab.grader.bench.peers.EngineCatalog.ROCKS_DB_LOCKS;
import static storagelab.grader.bench.peers.EngineCatalog.ROCKS_DB_LZ4;
import static storagelab.grader.bench.peers.EngineCatalog.ROCKS_DB_OPTIMISTIC;
import static storagelab.grader.bench.peers.EngineCatalog.SQLITE;
import static storagelab.grader.bench.peers.EngineCatalog.STORE_OVER_LSM;
import static storagelab.grader.bench.peers.EngineCatalog.STORE_OVER_TREE;
import static storagelab.grader.bench.peers.EngineCatalog.TUPL;

import java.util.List;
import storagelab.grader.bench.engine.EngineWorkload;
import storagelab.grader.bench.engine.PhaseResult.Figure;
import storagelab.grader.bench.peers.PeerTarget.Pair;

/** What the engine of each lab is to reach. */
final class PeerTargets {
    /** What is in tables is not read again: how much faster that is than to read a log. */
    private static final double CLEAN_REOPEN = 5;

    /** What log and versions leave of the speed of the engine beneath. */
    private static final double SHARE_OF_THE_ENGINE = 0.85;

    /** On a shop, each part does what it is good at. */
    private static final double BETTER_THAN_PARTS = 1.5;

    /** Where only one part has something to do, the other one costs little. */
    private static final double SHARE_OF_PARTS = 0.9;

    /** Bytes written on a shop, times those of the part that writes less. */
    private static final double MORE_WRITTEN = 1.2;

    private PeerTargets() {}

    /** The targets of lab {@code lab}, in the order of the report. */
    static List<PeerTarget> of(int lab) {
        return switch (lab) {
            case 4 -> bTree();
            case 5 -> lsmTree();
            case 6 -> crashSafeStore();
            case 7 -> hybridStore();
            default -> List.of();
        };
    }

    private static List<PeerTarget> hybridStore() {
        String[] parts = {STORE_OVER_TREE, STORE_OVER_LSM};
        return List.of(
                PeerTarget.timesAsFast(EngineWorkload.SHOP, BETTER_THAN_PARTS, parts),
                PeerTarget.timesAsFast(EngineWorkload.SHOP_SHIFT, BETTER_THAN_PARTS, parts),
                PeerTarget.timesAsFast(EngineWorkload.SHOP_2, BETTER_THAN_PARTS, parts),
                PeerTarget.timesAsFast(EngineWorkload.SHOP_SHIFT_2, BETTER_THAN_PARTS, parts),
                PeerTarget.timesAsFast(EngineWorkload.SHOP_READ, SHARE_OF_PARTS, parts),
                PeerTarget.timesAsFast(EngineWorkload.SHOP_WRITE, SHARE_OF_PARTS, parts),
                PeerTarget.timesAsFast(EngineWorkload.SHOP_SCAN, SHARE_OF_PARTS, parts),
                PeerTarget.timesAsFast(EngineWorkload.SHOP_LOAD, SHARE_OF_PARTS, new Pair(OURS, STORE_OVER_LSM)),
                PeerTarget.timesAsFast(EngineWorkload.SHOP_READ, SHARE_OF_PARTS, new Pair(OURS, STORE_OVER_TREE)),
                PeerTarget.atMostThatOf(
                        EngineWorkload.SHOP,
                        Figure.OWN_WRITE_AMPLIFICATION,
                        MORE_WRITTEN,
                        new Pair(OURS, STORE_OVER_LSM)),
                PeerTarget.atMostThatOf(
                        EngineWorkload.SHOP_SHIFT,
                        Figure.OWN_WRITE_AMPLIFICATION,
                        MORE_WRITTEN,
                        new Pair(OURS, STORE_OVER_LSM)));
    }

    private static List<PeerTarget> crashSafeStore() {
        String[] rivals = {ROCKS_DB_OPTIMISTIC, ROCKS_DB_LOCKS, H2_SQL, MV_STORE_TRANSACTIONS, SQLITE, LMDB, TUPL};
        Pair tree = new Pair(OURS, BARE_TREE);
        Pair lsm = new Pair(OURS_LSM, BARE_LSM);
        return List.of(
                PeerTarget.timesAsFast(EngineWorkload.TRANSACTIONS, 1, rivals),
                PeerTarget.timesAsFast(EngineWorkload.TRANSACTIONS_2, 1, rivals),
                PeerTarget.timesAsFast(EngineWorkload.TRANSACTIONS_8, 1, rivals),
                PeerTarget.timesAsFast(EngineWorkload.DURABLE_PUT_8, 1.1, ROCKS_DB_OPTIMISTIC),
                PeerTarget.timesAsFast(EngineWorkload.OVERWRITE, SHARE_OF_THE_ENGINE, tree),
                PeerTarget.timesAsFast(EngineWorkload.READ_RANDOM, SHARE_OF_THE_ENGINE, tree),
                PeerTarget.timesAsFast(EngineWorkload.OVERWRITE, SHARE_OF_THE_ENGINE, lsm),
                PeerTarget.timesAsFast(EngineWorkload.READ_RANDOM, SHARE_OF_THE_ENGINE, lsm),
                PeerTarget.atMost(EngineWorkload.REOPEN_KILL, Figure.RECORDS_LOST, 0, "records lost,"));
    }

    private static List<PeerTarget> lsmTree() {
        String[] peers = {ROCKS_DB, LEVEL_DB, IQ80, PCMIND};
        Pair ours = new Pair(OURS, ROCKS_DB);
        Pair small = new Pair(OURS_SNAPPY, ROCKS_DB_LZ4);
        return List.of(
                PeerTarget.timesAsFast(EngineWorkload.FILL_SEQUENTIAL, 1, LEVEL_DB),
                PeerTarget.timesAsFast(EngineWorkload.FILL_RANDOM, 1.1, LEVEL_DB),
                PeerTarget.timesAsFast(EngineWorkload.FILL_RANDOM, 1.8, ROCKS_DB),
                PeerTarget.timesAsFast(EngineWorkload.OVERWRITE, 1.1, LEVEL_DB),
                PeerTarget.timesAsFast(EngineWorkload.OVERWRITE, 1.8, ROCKS_DB),
                PeerTarget.timesAsFast(EngineWorkload.FILL_BATCHES, 1, ROCKS_DB),
                PeerTarget.timesAsFast(EngineWorkload.READ_FRESH, 2.5, ROCKS_DB),
                PeerTarget.timesAsFast(EngineWorkload.READ_RANDOM, 3, ROCKS_DB),
                PeerTarget.timesAsFast(EngineWorkload.READ_MISS, 1.2, ROCKS_DB),
                PeerTarget.timesAsFast(EngineWorkload.SCAN_100, 2, ROCKS_DB),
                PeerTarget.timesAsFast(EngineWorkload.FULL_SCAN, 2, ROCKS_DB),
                PeerTarget.timesAsFast(EngineWorkload.YCSB_A, 1.3, peers),
                PeerTarget.timesAsFast(EngineWorkload.YCSB_B, 1.3, peers),
                PeerTarget.timesAsFast(EngineWorkload.YCSB_C, 1.3, peers),
                PeerTarget.timesAsFast(EngineWorkload.YCSB_D, 1.3, peers),
                PeerTarget.timesAsFast(EngineWorkload.YCSB_E, 1.3, peers),
                PeerTarget.timesAsFast(EngineWorkload.YCSB_F, 1.3, peers),
                PeerTarget.timesAsFast(EngineWorkload.DURABLE_PUT, 1, LEVEL_DB),
                PeerTarget.timesAsFast(EngineWorkload.DURABLE_PUT_8, 1.1, LEVEL_DB),
                PeerTarget.timesAsFast(EngineWorkload.LARGE_LOAD, 1, ROCKS_DB),
                PeerTarget.timesAsFast(EngineWorkload.LARGE_READ, 2, LEVEL_DB),
                PeerTarget.atMostThatOf(EngineWorkload.FILL_RANDOM, Figure.WRITE_AMPLIFICATION, 1, ours),
                PeerTarget.atMostThatOf(EngineWorkload.LARGE_LOAD, Figure.WRITE_AMPLIFICATION, 1, ours),
                PeerTarget.atMostThatOf(EngineWorkload.FILL_RANDOM, Figure.FILE_TO_DATA, 1.1, small),
                PeerTarget.timesAsFast(EngineWorkload.REOPEN_KILL, 2, ROCKS_DB),
                PeerTarget.atMost(EngineWorkload.REOPEN_KILL, Figure.RECORDS_LOST, 0, "records lost,"),
                PeerTarget.timesOurOwn(EngineWorkload.REOPEN_CLEAN, CLEAN_REOPEN, EngineWorkload.REOPEN_KILL),
                PeerTarget.tailOf(EngineWorkload.OVERLOAD, 10));
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
