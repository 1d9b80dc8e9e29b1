package storagelab.grader.bench.lab06;

import java.util.List;
import storagelab.grader.bench.BenchmarkSpec;
import storagelab.grader.bench.LabCatalog;

/** What is measured of lab 6. */
public final class Lab06Catalog implements LabCatalog {
    @Override
    public int lab() {
        return 6;
    }

    @Override
    public List<BenchmarkSpec> graded() {
        return List.of();
    }
}
