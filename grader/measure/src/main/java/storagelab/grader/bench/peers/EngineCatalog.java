package storagelab.grader.bench.peers;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import storagelab.grader.bench.engine.BTreeEngine;
import storagelab.grader.bench.engine.CrashSafeEngine;
import storagelab.grader.bench.engine.EngineWorkload;
import storagelab.grader.bench.engine.HybridStoreEngine;
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

    /** The store of lab 6 over the B+tree, beside the hybrid store. */
    public static final String STORE_OVER_TREE = "lab6-tree";

    /** The store of lab 6 over the LSM tree, beside the hybrid store. */
    public static final String STORE_OVER_LSM = "lab6-lsm";

    /** The store of lab 6 over the LSM tree. */
    public static final String OURS_LSM = "ours-lsm";

    /** The B+tree of lab 4, beside the store of lab 6. */
    public static final String BARE_TREE = "lab4";

    /** The LSM tree of lab 5, beside the store of lab 6. */
    public static final String BARE_LSM = "lab5";

    /** RocksDB with transactions that find conflicts when they commit. */
    public static final String ROCKS_DB_OPTIMISTIC = "rocksdb-optimistic";

    /** RocksDB with transactions that lock keys. */
    public static final String ROCKS_DB_LOCKS = "rocksdb-locks";

    /** H2, by SQL. */
    public static final String H2_SQL = "h2-sql";

    /** The store below H2, with its transactions. */
    public static final String MV_STORE_TRANSACTIONS = "mvstore-txn";

    /** SQLite, by SQL. */
    public static final String SQLITE = "sqlite";

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
    private static final int LAB_6 = 6;
    private static final int LAB_7 = 7;
    private static final String PEERS = "storagelab.peers.";

    private static final Set<EngineWorkload> OF_TRANSACTIONS =
            Set.of(EngineWorkload.TRANSACTIONS, EngineWorkload.TRANSACTIONS_2, EngineWorkload.TRANSACTIONS_8);

    /** What is measured of lab 6: transactions, synced commits, and what its log costs the engines beneath. */
    private static final Set<EngineWorkload> OF_STORE = Set.of(
            EngineWorkload.FILL_RANDOM,
            EngineWorkload.OVERWRITE,
            EngineWorkload.READ_RANDOM,
            EngineWorkload.YCSB_A,
            EngineWorkload.DURABLE_PUT,
            EngineWorkload.DURABLE_PUT_8,
            EngineWorkload.TRANSACTIONS,
            EngineWorkload.TRANSACTIONS_2,
            EngineWorkload.TRANSACTIONS_8,
            EngineWorkload.REOPEN_KILL,
            EngineWorkload.REOPEN_CLEAN);

    /** What is measured of lab 7: a shop. */
    private static final Set<EngineWorkload> OF_SHOP = Set.of(
            EngineWorkload.SHOP_LOAD,
            EngineWorkload.SHOP,
            EngineWorkload.SHOP_SHIFT,
            EngineWorkload.SHOP_2,
            EngineWorkload.SHOP_SHIFT_2,
            EngineWorkload.SHOP_READ,
            EngineWorkload.SHOP_WRITE,
            EngineWorkload.SHOP_SCAN);

    private EngineCatalog() {}

    /** Whether lab {@code lab} can be compared with other engines. */
    public static boolean hasEngine(int lab) {
        return lab >= LAB_3 && lab <= LAB_7;
    }

    /** What the engines of lab {@code lab} are made to do unless something else is named. */
    public static Set<EngineWorkload> workloads(int lab) {
        Set<EngineWorkload> workloads = EnumSet.allOf(EngineWorkload.class);
        switch (lab) {
            case LAB_7 -> workloads.retainAll(OF_SHOP);
            case LAB_6 -> workloads.retainAll(OF_STORE);
            case LAB_5 -> workloads.remove(EngineWorkload.BULK_LOAD);
            default ->
                workloads.removeAll(Set.of(
                        EngineWorkload.READ_FRESH,
                        EngineWorkload.YCSB_D,
                        EngineWorkload.REOPEN_KILL,
                        EngineWorkload.REOPEN_CLEAN,
                        EngineWorkload.OVERLOAD));
        }
        if (lab != LAB_6) {
            workloads.removeAll(OF_TRANSACTIONS);
        }
        if (lab != LAB_7) {
            workloads.removeAll(OF_SHOP);
        }
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
        engines.addAll(
                switch (lab) {
                    case LAB_5 -> logStructured();
                    case LAB_6 -> transactional();
                    case LAB_7 -> shops();
                    default -> trees();
                });
        if (lab == LAB_5) {
            Set<EngineWorkload> size = Set.of(EngineWorkload.FILL_RANDOM);
            engines.add(rocksDbLz4().only(size));
            engines.add(oursSnappy().only(size));
        }
        return engines;
    }

    /** All engines that can be named, those of {@link #standard} first. */
    public static List<EngineSpec> all(int lab) {
        if (lab == LAB_6 || lab == LAB_7) {
            return standard(lab); // not every one of them has transactions, or fits beside a hybrid store
        }
        List<EngineSpec> engines = new ArrayList<>();
        standard(lab).forEach(engine -> engines.add(engine.only(Set.of())));
        if (lab == LAB_5) {
            engines.add(
                    lab("ours-zstd", LsmEngine.Zstd.class, "the LSM tree of lab 5, blocks compressed by Zstandard"));
            engines.add(lab("ours-channels", LsmEngine.Channels.class, "the LSM tree of lab 5, no file mapped"));
            engines.add(lab(BARE_TREE, BTreeEngine.class, "the B+tree of lab 4; a kill loses what was put last"));
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

    /** The store of lab 6 over both engines, the engines by themselves, and stores with transactions. */
    private static List<EngineSpec> transactional() {
        EnumSet<EngineWorkload> bare = EnumSet.copyOf(OF_STORE);
        bare.removeAll(OF_TRANSACTIONS);
        return List.of(
                lab(OURS, CrashSafeEngine.Tree.class, "the store of lab 6 over the B+tree; a kill loses nothing"),
                lab(OURS_LSM, CrashSafeEngine.Lsm.class, "the store of lab 6 over the LSM tree; a kill loses nothing"),
                lab(BARE_TREE, BTreeEngine.class, "the B+tree by itself; a kill loses what was put last")
                        .only(bare),
                lab(BARE_LSM, LsmEngine.class, "the LSM tree with its own log; a kill loses nothing")
                        .only(bare),
                peer(ROCKS_DB_OPTIMISTIC, "RocksDbOptimisticEngine", "RocksDB's OptimisticTransactionDB"),
                peer(ROCKS_DB_LOCKS, "RocksDbLocksEngine", "RocksDB's TransactionDB, which locks keys"),
                peer(H2_SQL, "H2SqlEngine", "H2 by SQL in this process; a kill loses the last half second"),
                peer(
                        MV_STORE_TRANSACTIONS,
                        "MvStoreTransactionsEngine",
                        "transactions of H2's MVStore; a kill loses the last second"),
                peer(SQLITE, "SqliteEngine", "SQLite by SQL in this process; a kill loses nothing"),
                peer(LMDB, "LmdbEngine", "LMDB 0.9 through lmdbjava; a kill loses nothing"),
                peer(TUPL, "TuplEngine", "Tupl 1.3; a kill loses nothing"));
    }

    /** The hybrid store, lab 6's store over either of its engines, and a tree and an LSM tree of others. */
    private static List<EngineSpec> shops() {
        return List.of(
                lab(OURS, HybridStoreEngine.class, "the hybrid store of lab 7; a kill loses nothing"),
                lab(
                        STORE_OVER_TREE,
                        CrashSafeEngine.Tree.class,
                        "the store of lab 6 over the B+tree; a kill loses nothing"),
                lab(
                        STORE_OVER_LSM,
                        CrashSafeEngine.Lsm.class,
                        "the store of lab 6 over the LSM tree; a kill loses nothing"),
                peer(ROCKS_DB, "RocksDbEngine", "RocksDB 11 through rocksdbjni; a kill loses nothing"),
                peer(LMDB, "LmdbEngine", "LMDB 0.9 through lmdbjava; a kill loses nothing"));
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
