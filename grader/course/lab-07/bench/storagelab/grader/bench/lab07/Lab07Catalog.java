package storagelab.grader.bench.lab07;

import java.util.List;
import storagelab.grader.bench.BenchmarkSpec;
import storagelab.grader.bench.LabCatalog;

/** What is measured of lab 7. */
public final class Lab07Catalog implements LabCatalog {
    @Override
    public int lab() {
        return 7;
    }

    @Override
    public List<BenchmarkSpec> graded() {
        return List.of(spec("7.tracker", "Count requests per range and key", 1, List.of("7.2")));
    }
}
