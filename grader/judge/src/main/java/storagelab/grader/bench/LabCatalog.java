package storagelab.grader.bench;

import java.util.List;

/** What is measured of one lab. The material of a lab registers its own as a service of this type. */
public interface LabCatalog {
    /** Number of the lab. */
    int lab();

    /** The benchmarks that bring points, in the order of the report. */
    List<BenchmarkSpec> graded();

    /** The comparisons of the lab's structures with those of the JDK, in the order of the report. */
    default List<RivalBenchmark> rivals() {
        return List.of();
    }
}
