package storagelab.grader.bench.lab01;

import java.util.List;
import storagelab.grader.bench.BenchmarkSpec;
import storagelab.grader.bench.LabCatalog;
import storagelab.grader.bench.RivalBenchmark;
import storagelab.grader.bench.RivalTarget;

/** What is measured of lab 1. */
public final class Lab01Catalog implements LabCatalog {
    private static final String PACKAGE = "storagelab.grader.bench.lab01.";

    @Override
    public int lab() {
        return 1;
    }

    @Override
    public List<BenchmarkSpec> graded() {
        return List.of(
                new BenchmarkSpec(
                        "1.search",
                        "Binary search of integers",
                        "1.1",
                        List.of(),
                        2,
                        PACKAGE + "SearchCosts",
                        PACKAGE + "SearchWork"),
                new BenchmarkSpec(
                        "1.slices",
                        "Binary search of keys",
                        "1.1",
                        List.of(),
                        2,
                        PACKAGE + "SliceSearchCosts",
                        PACKAGE + "SliceSearchWork"),
                new BenchmarkSpec(
                        "1.table",
                        "Get from a sorted table",
                        "1.5",
                        List.of("1.4"),
                        3,
                        PACKAGE + "TableCosts",
                        PACKAGE + "TableGetWork"),
                new BenchmarkSpec(
                        "1.store",
                        "Load and read the store",
                        "1.6",
                        List.of("1.3", "1.4", "1.5", "1.7"),
                        3,
                        PACKAGE + "StoreCosts",
                        PACKAGE + "StoreGetWork"));
    }

    @Override
    public List<RivalBenchmark> rivals() {
        return List.of(
                RivalBenchmark.timed("1.search-rival", "Binary search of 100,000 integers", PACKAGE + "SearchRivals")
                        .against("Arrays.binarySearch", "ours", "jdk")
                        .with("length", "100000")
                        .target(RivalTarget.timesTheTime(1.5))
                        .target(RivalTarget.bytesAllocated(0))
                        .build());
    }
}
