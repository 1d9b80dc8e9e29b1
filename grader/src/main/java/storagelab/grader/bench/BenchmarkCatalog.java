package storagelab.grader.bench;

import java.util.List;

/** What is measured of each lab: a class a lab. */
public final class BenchmarkCatalog {
    private BenchmarkCatalog() {}

    /** The benchmarks of a lab that bring points, in the order of the report; none for a lab that has none. */
    public static List<BenchmarkSpec> of(int lab) {
        return switch (lab) {
            case 1 -> Lab01Catalog.graded();
            case 2 -> Lab02Catalog.graded();
            case 3 -> Lab03Catalog.graded();
            case 4 -> Lab04Catalog.graded();
            case 5 -> Lab05Catalog.graded();
            default -> List.of();
        };
    }

    /** The comparisons of a lab's structures with those of the JDK, in the order of the report. */
    public static List<RivalBenchmark> rivals(int lab) {
        return switch (lab) {
            case 1 -> Lab01Catalog.rivals();
            case 2 -> Lab02Catalog.rivals();
            case 3 -> Lab03Catalog.rivals();
            case 4 -> Lab04Catalog.rivals();
            default -> List.of();
        };
    }
}
