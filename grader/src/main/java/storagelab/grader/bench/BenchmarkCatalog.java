package storagelab.grader.bench;

import java.util.List;

/** What is measured of each lab. */
public final class BenchmarkCatalog {
    private static final String LAB_01 = "storagelab.grader.bench.lab01.";

    private BenchmarkCatalog() {}

    /** The benchmarks of a lab, in the order of the report; none for a lab that has none. */
    public static List<BenchmarkSpec> of(int lab) {
        return lab == 1 ? lab01() : List.of();
    }

    private static List<BenchmarkSpec> lab01() {
        return List.of(
                new BenchmarkSpec(
                        "1.search",
                        "Binary search of integers",
                        "1.1",
                        List.of(),
                        2,
                        LAB_01 + "SearchCosts",
                        LAB_01 + "SearchWork"),
                new BenchmarkSpec(
                        "1.slices",
                        "Binary search of keys",
                        "1.1",
                        List.of(),
                        2,
                        LAB_01 + "SliceSearchCosts",
                        LAB_01 + "SliceSearchWork"),
                new BenchmarkSpec(
                        "1.table",
                        "Get from a sorted table",
                        "1.5",
                        List.of("1.4"),
                        3,
                        LAB_01 + "TableCosts",
                        LAB_01 + "TableGetWork"),
                new BenchmarkSpec(
                        "1.store",
                        "Load and read the store",
                        "1.6",
                        List.of("1.3", "1.4", "1.5", "1.7"),
                        3,
                        LAB_01 + "StoreCosts",
                        LAB_01 + "StoreGetWork"));
    }
}
