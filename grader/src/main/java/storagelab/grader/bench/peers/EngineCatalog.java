package storagelab.grader.bench.peers;

import java.util.ArrayList;
import java.util.List;
import storagelab.grader.bench.engine.BTreeEngine;
import storagelab.grader.bench.engine.LogStoreEngine;
import storagelab.grader.bench.engine.SkipListEngine;
import storagelab.grader.bench.peers.EngineSpec.Origin;

/** The engines that are compared: of each lab its own, and those of others. */
public final class EngineCatalog {
    /** What the engine of the lab is called. */
    public static final String OURS = "ours";

    /** LMDB. */
    public static final String LMDB = "lmdb";

    /** LMDB that writes through its map. */
    public static final String LMDB_WRITE_MAP = "lmdb-writemap";

    /** The store below H2. */
    public static final String MV_STORE = "mvstore";

    /** Tupl. */
    public static final String TUPL = "tupl";

    private static final String PEERS = "storagelab.peers.";

    private EngineCatalog() {}

    /** Whether lab {@code lab} can be compared with other engines. */
    public static boolean hasEngine(int lab) {
        return lab == 3 || lab == 4;
    }

    /** The engines that lab {@code lab} is compared with unless others are named, its own first. */
    public static List<EngineSpec> standard(int lab) {
        List<EngineSpec> engines = new ArrayList<>(ours(lab));
        engines.add(peer(LMDB, "LmdbEngine", "LMDB 0.9 through lmdbjava; a kill loses nothing"));
        engines.add(
                peer(LMDB_WRITE_MAP, "LmdbWriteMapEngine", "LMDB 0.9, written through its map; a kill loses nothing"));
        engines.add(peer(
                MV_STORE, "MvStoreEngine", "H2 MVStore; a kill loses what was put since the last second or 16 MiB"));
        engines.add(peer(TUPL, "TuplEngine", "Tupl 1.3; a kill loses nothing"));
        return engines;
    }

    /** All engines that can be named, those of {@link #standard} first. */
    public static List<EngineSpec> all(int lab) {
        List<EngineSpec> engines = new ArrayList<>(standard(lab));
        engines.add(peer(
                "tupl-tuned",
                "TunedTuplEngine",
                "Tupl with rare checkpoints and its pages outside of the heap; a kill loses nothing"));
        engines.add(lab("lab3", LogStoreEngine.class, "the sorted logs of lab 3; a kill loses nothing"));
        engines.add(new EngineSpec(
                "skiplist",
                SkipListEngine.class.getName(),
                Origin.JDK,
                "the JDK's skip list, which stores nothing: a mark, and not a rival"));
        return engines;
    }

    private static List<EngineSpec> ours(int lab) {
        return switch (lab) {
            case 4 ->
                List.of(lab(
                        OURS,
                        BTreeEngine.class,
                        "the B+tree of lab 4; a kill loses what was put since the last checkpoint"));
            case 3 -> List.of(lab(OURS, LogStoreEngine.class, "the sorted logs of lab 3; a kill loses nothing"));
            default -> List.of();
        };
    }

    private static EngineSpec lab(String name, Class<?> type, String words) {
        return new EngineSpec(name, type.getName(), Origin.LAB, words);
    }

    private static EngineSpec peer(String name, String type, String words) {
        return new EngineSpec(name, PEERS + type, Origin.PEER, words);
    }
}
