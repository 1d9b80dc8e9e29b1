package storagelab.grader.bench.lab04;

import java.util.List;
import storagelab.grader.bench.BenchmarkSpec;
import storagelab.grader.bench.LabCatalog;
import storagelab.grader.bench.RivalBenchmark;

/** What is measured of lab 4. */
public final class Lab04Catalog implements LabCatalog {
    private static final String PACKAGE = "storagelab.grader.bench.lab04.";
    private static final String GET = "Get from a store of 100,000";
    private static final String SCAN = "Seek and scan 100 of 100,000 entries";
    private static final String TREE_MAP = "TreeMap";
    private static final String CONCURRENT_MAP = "ConcurrentSkipListMap";

    @Override
    public int lab() {
        return 4;
    }

    @Override
    public List<BenchmarkSpec> graded() {
        return List.of(
                new BenchmarkSpec(
                        "4.page",
                        "Search and change slotted pages",
                        "4.6",
                        List.of(),
                        3,
                        PACKAGE + "PageCosts",
                        PACKAGE + "PageWork"),
                new BenchmarkSpec(
                        "4.tree",
                        "Get from and put into a B+tree in memory",
                        "4.8",
                        List.of("4.6", "4.7"),
                        4,
                        PACKAGE + "TreeCosts",
                        PACKAGE + "TreeWork"),
                new BenchmarkSpec(
                        "4.pool",
                        "Read through a buffer pool",
                        "4.5",
                        List.of("4.3", "4.4"),
                        3,
                        PACKAGE + "PoolCosts",
                        PACKAGE + "PoolWork"));
    }

    /** Marks to see where we stand: maps in memory have no pages, no snapshots and nothing on a disk. */
    @Override
    public List<RivalBenchmark> rivals() {
        return List.of(
                store("4.get-tree-map", GET, TREE_MAP, "getOurs", "getTreeMap"),
                store("4.get-skip-list", GET, CONCURRENT_MAP, "getOurs", "getSkipList"),
                store("4.scan-tree-map", SCAN, TREE_MAP, "scanOurs", "scanTreeMap"),
                store("4.scan-skip-list", SCAN, CONCURRENT_MAP, "scanOurs", "scanSkipList"),
                RivalBenchmark.timed("4.lru", "Look up in an LRU cache, and put what is missing", PACKAGE + "LruRivals")
                        .against("LinkedHashMap", "ours", "jdk")
                        .with("capacity", "10000")
                        .build());
    }

    private static RivalBenchmark store(String id, String title, String rival, String ours, String theirs) {
        return RivalBenchmark.timed(id, title, PACKAGE + "StoreRivals")
                .against(rival, ours, theirs)
                .with("entries", "100000")
                .build();
    }
}
