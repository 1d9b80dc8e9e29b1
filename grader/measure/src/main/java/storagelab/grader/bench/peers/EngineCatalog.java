package storagelab.grader.bench.peers;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import storagelab.grader.bench.engine.BTreeEngine;
import storagelab.grader.bench.engine.EngineWorkload;
import storagelab.grader.bench.engine.LogStoreEngine;
import storagelab.grader.bench.engine.LsmEngine;
import storagelab.grader.bench.engine.SkipListEngine;
import storagelab.grader.bench.peers.EngineSpec.Origin;

/** The engines that are compared: of each lab its own, and those of others. */
public final class EngineCatalog {
    /** What the engine of the lab is called. */
    public static final String OURS = "ours";

    /** The engine of lab 5 with blocks compressed by Snappy. */
    public static final String OURS_SNAPPY = "ours-snappy";

    /** LMDB. */
    public static final String LMDB = "lmdb";

    /** LMDB that writes through its map. */
    public static final String LMDB_WRITE_MAP = "lmdb-writemap";

    /** The store below H2. */
    public static final String MV_STORE = "mvstore";

    /** Tupl. */
    public static final String TUPL = "tupl";

    /** RocksDB. */
    public static final String ROCKS_DB = "rocksdb";

    /** RocksDB with blocks compressed by LZ4. */
    public static final String ROCKS_DB_LZ4 = "rocksdb-lz4";

    /** LevelDB itself. */
    public static final String LEVEL_DB = "leveldbjni";

    /** The port of LevelDB to Java. */
    public static final String IQ80 = "iq80";

    /** A fork of that port. */
    public static final String PCMIND = "pcmind";

    private static final int LAB_3 = 3;
    private static final int LAB_4 = 4;
    private static final int LAB_5 = 5;
    private static final String PEERS = "storagelab.peers.";

    private EngineCatalog() {}

    /** Whether lab {@code lab} can be compared with other engines. */
    public static boolean hasEngine(int lab) {
        return lab >= LAB_3 && lab <= LAB_5;
    }

    /** What the engines of lab {@code lab} are made to do unless something else is named. */
    public static Set<EngineWorkload> workloads(int lab) {
        Set<EngineWorkload> workloads = EnumSet.allOf(EngineWorkload.class);
        workloads.removeAll(
                lab == LAB_5
                        ? Set.of(EngineWorkload.BULK_LOAD)
                        : Set.of(
                                EngineWorkload.READ_FRESH,
                                EngineWorkload.YCSB_D,
                                EngineWorkload.REOPEN_KILL,
                                EngineWorkload.REOPEN_CLEAN,
                                EngineWorkload.OVERLOAD));
        return workloads;
    }

    /** The engines that lab {@code lab} is compared with unless others are named, its own first. */
    public static List<EngineSpec> standard(int lab) {
        List<EngineSpec> engines = new ArrayList<>();
        switch (lab) {
            case LAB_3 ->
                engines.add(lab(OURS, LogStoreEngine.class, "the sorted logs of lab 3; a kill loses nothing"));
            case LAB_4 ->
                engines.add(lab(
                        OURS,
                        BTreeEngine.class,
                        "the B+tree of lab 4; a kill loses what was put since the last checkpoint"));
            case LAB_5 -> engines.add(lab(OURS, LsmEngine.class, "the LSM tree of lab 5; a kill loses nothing"));
            default -> {}
        }
        engines.addAll(lab == LAB_5 ? logStructured() : trees());
        if (lab == LAB_5) {
            Set<EngineWorkload> size = Set.of(EngineWorkload.FILL_RANDOM);
            engines.add(rocksDbLz4().only(size));
            engines.add(oursSnappy().only(size));
        }
        return engines;
    }

    /** All engines that can be named, those of {@link #standard} first. */
    public static List<EngineSpec> all(int lab) {
        List<EngineSpec> engines = new ArrayList<>();
        standard(lab).forEach(engine -> engines.add(engine.only(Set.of())));
        if (lab == LAB_5) {
            engines.add(
                    lab("ours-zstd", LsmEngine.Zstd.class, "the LSM tree of lab 5, blocks compressed by Zstandard"));
            engines.add(lab("ours-channels", LsmEngine.Channels.class, "the LSM tree of lab 5, no file mapped"));
            engines.add(lab("lab4", BTreeEngine.class, "the B+tree of lab 4; a kill loses what was put last"));
            engines.addAll(trees());
        } else {
            engines.addAll(logStructured());
            engines.add(rocksDbLz4());
        }
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

    private static List<EngineSpec> trees() {
        return List.of(
                peer(LMDB, "LmdbEngine", "LMDB 0.9 through lmdbjava; a kill loses nothing"),
                peer(LMDB_WRITE_MAP, "LmdbWriteMapEngine", "LMDB 0.9, written through its map; a kill loses nothing"),
                peer(
                        MV_STORE,
                        "MvStoreEngine",
                        "H2 MVStore; a kill loses what was put since the last second or 16 MiB"),
                peer(TUPL, "TuplEngine", "Tupl 1.3; a kill loses nothing"));
    }

    private static List<EngineSpec> logStructured() {
        return List.of(
                peer(ROCKS_DB, "RocksDbEngine", "RocksDB 11 through rocksdbjni; a kill loses nothing"),
                peer(
                        LEVEL_DB,
                        "LevelDbJniEngine",
                        "LevelDB of 2013 through leveldbjni, no filter; a kill loses nothing"),
                peer(IQ80, "Iq80Engine", "LevelDB in Java, neither filter nor cache; a kill loses nothing"),
                peer(PCMIND, "PcmindEngine", "a fork of iq80 with both; a kill loses nothing"));
    }

    private static EngineSpec rocksDbLz4() {
        return peer(ROCKS_DB_LZ4, "RocksDbLz4Engine", "RocksDB, blocks compressed by LZ4; a kill loses nothing");
    }

    private static EngineSpec oursSnappy() {
        return lab(OURS_SNAPPY, LsmEngine.Snappy.class, "the LSM tree of lab 5, blocks compressed by Snappy");
    }

    private static EngineSpec lab(String name, Class<?> type, String words) {
        return new EngineSpec(name, type.getName(), Origin.LAB, words);
    }

    private static EngineSpec peer(String name, String type, String words) {
        return new EngineSpec(name, PEERS + type, Origin.PEER, words);
    }
}
