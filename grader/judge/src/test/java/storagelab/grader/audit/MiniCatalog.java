package storagelab.grader.audit;

import java.util.List;
import storagelab.grader.bench.BenchmarkSpec;
import storagelab.grader.bench.LabCatalog;

/** What would be measured of {@link MiniCourse}, registered for the tests of this module. */
public final class MiniCatalog implements LabCatalog {
    @Override
    public int lab() {
        return 1;
    }

    @Override
    public List<BenchmarkSpec> graded() {
        return List.of(new BenchmarkSpec("1.add", "Add", "1.1", List.of(), 10, "AddingCosts", "AddingWork"));
    }
}
