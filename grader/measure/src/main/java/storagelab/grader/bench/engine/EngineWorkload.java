package storagelab.grader.bench.engine;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What engines are made to do, in the order in which they do it. */
public enum EngineWorkload {
    /** Puts in the order of the keys. */
    FILL_SEQUENTIAL("fillseq", Stage.SEQUENTIAL, "put in the order of the keys, checkpoint at the end"),
    /** Puts in random order, a thousand in a commit. */
    FILL_BATCHES("fillbatch1000", Stage.BATCHES, "put in random order, 1,000 a commit, checkpoint at the end"),
    /** Puts in random order. */
    FILL_RANDOM("fillrandom", Stage.RANDOM, "put in random order, checkpoint at the end"),
    /** Puts of keys that are there. */
    OVERWRITE("overwrite", Stage.RANDOM, "put of random keys that are there, checkpoint at the end"),
    /** Gets of keys that are there, beside whatever an engine has put off while it took writes. */
    READ_FRESH("read-fresh", Stage.RANDOM, "get right after a quarter of the records was put again"),
    /** Gets of keys that are there, when nothing is left to do. */
    READ_RANDOM("readrandom", Stage.RANDOM, "get of random keys that are there"),
    /** The same from two threads. */
    READ_RANDOM_2("readrandom2", Stage.RANDOM, "the same, 2 threads"),
    /** Gets of keys that are not there, between such that are. */
    READ_MISS("readmiss", Stage.RANDOM, "get of keys that are not there, between those that are"),
    /** Short scans. */
    SCAN_100("scan100", Stage.RANDOM, "scan of 100 records from a random key"),
    /** Scans over everything, counted in records. */
    FULL_SCAN("fullscan", Stage.RANDOM, "scan of everything, records a second"),
    /** YCSB C: only reads. */
    YCSB_C("ycsb-c", Stage.RANDOM, "zipfian: get"),
    /** YCSB B: reads and a few updates. */
    YCSB_B("ycsb-b", Stage.RANDOM, "zipfian: 95 % get, 5 % put"),
    /** YCSB F: reads, and updates that read first. */
    YCSB_F("ycsb-f", Stage.RANDOM, "zipfian: 50 % get, 50 % get and put"),
    /** YCSB A: reads and as many updates. */
    YCSB_A("ycsb-a", Stage.RANDOM, "zipfian: 50 % get, 50 % put"),
    /** YCSB D: reads of what was inserted last. */
    YCSB_D("ycsb-d", Stage.RANDOM, "95 % get, the later inserted the more often, 5 % insert"),
    /** YCSB E: scans and a few inserts. */
    YCSB_E("ycsb-e", Stage.RANDOM, "zipfian: 95 % scan of 1 to 100, 5 % insert"),
    /** Everything from a sorted source, in the engine's fastest way. */
    BULK_LOAD("bulkload", Stage.BULK, "load from a sorted source, on the disk at the end"),
    /** Puts that are on the disk when they return. */
    DURABLE_PUT("durable-put", Stage.DURABLE, "put that is on the disk when it returns"),
    /** The same from eight threads. */
    DURABLE_PUT_8("durable-put-8", Stage.DURABLE, "the same, 8 threads"),
    /** YCSB A whose updates are transactions that read first. */
    TRANSACTIONS("txn-a", Stage.TRANSACTIONS, "zipfian: 50 % get, 50 % get and put in a transaction"),
    /** The same from two threads. */
    TRANSACTIONS_2("txn-a-2", Stage.TRANSACTIONS, "the same, 2 threads"),
    /** The same from eight threads. */
    TRANSACTIONS_8("txn-a-8", Stage.TRANSACTIONS, "the same, 8 threads"),
    /** Opening a store whose process was killed, and one get. */
    REOPEN_KILL("reopen-kill", Stage.REOPEN, "open after a kill, and one get"),
    /** Opening a store that was closed, and one get. */
    REOPEN_CLEAN("reopen-clean", Stage.REOPEN, "open after a close, and one get"),
    /** Puts as fast as an engine takes them, many memtables of them. */
    OVERLOAD(
            "overload",
            Stage.OVERLOAD,
            "put of random keys that are there, as fast as possible, a quarter of the cache"),
    /** Puts in random order, a hundred in a commit, into a store that is larger than its cache. */
    LARGE_LOAD("big-load", Stage.LARGE, "larger than the cache: put in random order, 100 a commit"),
    /** Gets from a store that is larger than its cache. */
    LARGE_READ("big-read", Stage.LARGE, "larger than the cache: get of random keys"),
    /** A shop's orders and prices, loaded into a store that is larger than its cache. */
    SHOP_LOAD("shop-load", Stage.SHOP, "larger than the cache: orders in no order of their keys, 100 a commit"),
    /** The requests of a shop. */
    SHOP("shop", Stage.SHOP, "45 % get of a hot price, 30 % put of one, 20 % new order, 5 % get of an order"),
    /** The same, and which prices are hot changes. */
    SHOP_SHIFT("shop-shift", Stage.SHOP, "the same, and five times other prices are hot"),
    /** The requests of a shop from two clients at once. */
    SHOP_2("shop2", Stage.SHOP, "the requests of shop, 2 threads"),
    /** The same, and which prices are hot changes. */
    SHOP_SHIFT_2("shop-shift2", Stage.SHOP, "those of shop-shift, 2 threads"),
    /** Gets of what is hot in a store that is larger than its cache. */
    SHOP_READ("shop-read", Stage.SHOP, "get of a hot price"),
    /** New orders only. */
    SHOP_WRITE("shop-write", Stage.SHOP, "new order"),
    /** Scans of orders only. */
    SHOP_SCAN("shop-scan", Stage.SHOP, "scan of 100 orders from a random one");

    /** Workloads that share one new store. */
    public enum Stage {
        /** Loaded in order. */
        SEQUENTIAL,
        /** Loaded by large batches. */
        BATCHES,
        /** Loaded put by put in random order, and then read and changed. */
        RANDOM,
        /** Loaded from a sorted source. */
        BULK,
        /** Every put synced. */
        DURABLE,
        /** Loaded put by put, and then changed by transactions. */
        TRANSACTIONS,
        /** Left with some records, and opened again. */
        REOPEN,
        /** Loaded, and changed without a pause. */
        OVERLOAD,
        /** Larger than the cache, in a JVM with a small heap. */
        LARGE,
        /** A shop, larger than the cache, in a JVM with a small heap. */
        SHOP;

        /** Whether the store is larger than its cache. */
        public boolean isLarge() {
            return this == LARGE || this == SHOP;
        }
    }

    private final String id;
    private final Stage stage;
    private final String words;

    EngineWorkload(String id, Stage stage, String words) {
        this.id = id;
        this.stage = stage;
        this.words = words;
    }

    /** Its name on the command line. */
    public String id() {
        return id;
    }

    /** The store it needs. */
    public Stage stage() {
        return stage;
    }

    /** How many clients of a shop send requests at the same time. */
    int clients() {
        return this == SHOP_2 || this == SHOP_SHIFT_2 ? 2 : 1;
    }

    /** What is done. */
    public String describe() {
        return words;
    }

    /** The workload with that {@code id}. */
    public static Optional<EngineWorkload> of(String id) {
        return Arrays.stream(values())
                .filter(workload -> workload.id.equals(id))
                .findFirst();
    }

    /** All names, in order. */
    public static List<String> ids() {
        return Arrays.stream(values()).map(EngineWorkload::id).toList();
    }
}
