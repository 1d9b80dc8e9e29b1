package storagelab.grader.bench;

import java.util.List;

/**
 * One benchmark of a lab.
 *
 * @param id such as {@code "1.search"}
 * @param title a few words
 * @param exercise the exercise whose code is measured
 * @param needs the other exercises whose code is called
 * @param points what it is worth
 * @param costs name of the {@link storagelab.grader.bench.worker.CostProbe} that counts
 * @param workload name of the {@link storagelab.grader.bench.worker.Workload} that is timed
 */
public record BenchmarkSpec(
        String id, String title, String exercise, List<String> needs, double points, String costs, String workload) {
    public BenchmarkSpec {
        needs = List.copyOf(needs);
    }
}
