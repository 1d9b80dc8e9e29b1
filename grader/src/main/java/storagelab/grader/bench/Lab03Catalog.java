package storagelab.grader.bench;

import java.util.List;

/** What is measured of lab 3. */
final class Lab03Catalog {
    private static final String PACKAGE = "storagelab.grader.bench.lab03.";

    private Lab03Catalog() {}

    static List<BenchmarkSpec> graded() {
        return List.of(
                new BenchmarkSpec(
                        "3.tree",
                        "Put and get in a balanced tree",
                        "3.2",
                        List.of(),
                        4,
                        PACKAGE + "TreeCosts",
                        PACKAGE + "TreeWork"),
                new BenchmarkSpec(
                        "3.memtable",
                        "Insert into and read the memtable",
                        "3.7",
                        List.of(),
                        6,
                        PACKAGE + "MemtableCosts",
                        PACKAGE + "MemtableWork"));
    }

    static List<RivalBenchmark> rivals() {
        return List.of(
                RivalBenchmark.timed("3.tree-get", "Get from a tree of 100,000", PACKAGE + "TreeRivals")
                        .against("TreeMap", "getOurs", "getJdk")
                        .with("entries", "100000")
                        .target(RivalTarget.timesTheTime(1.2))
                        .build(),
                RivalBenchmark.timed("3.tree-put", "Put 100,000 into an empty tree", PACKAGE + "TreeRivals")
                        .against("TreeMap", "putOurs", "putJdk")
                        .with("entries", "100000")
                        .operations(100_000)
                        .singleShot()
                        .target(RivalTarget.timesTheTime(1.2))
                        .build());
    }
}
