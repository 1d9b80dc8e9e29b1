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

    /**
     * A benchmark of the first of these exercises, which needs the others. Its classes are in the package of the catalog and named after
     * its id: {@code "6.log"} has {@code LogCosts} and {@code LogWork}.
     */
    default BenchmarkSpec spec(String id, String title, double points, List<String> exercises) {
        String type = getClass().getPackageName() + "." + Character.toUpperCase(id.charAt(2)) + id.substring(3);
        return new BenchmarkSpec(
                id,
                title,
                exercises.get(0),
                exercises.subList(1, exercises.size()),
                points,
                type + "Costs",
                type + "Work");
    }
}
