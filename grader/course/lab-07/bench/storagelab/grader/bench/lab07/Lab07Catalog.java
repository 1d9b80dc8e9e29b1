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
        return List.of(
                spec("7.tracker", "Count requests per range and key", 1, List.of("7.2")),
                spec("7.cache", "Keep the pages that come back", 1, List.of("7.3")),
                spec("7.writes", "Collect writes, and flush them", 2, List.of("7.4", "2.7", "5.1")),
                spec("7.router", "Decide what moves", 1, List.of("7.6", "7.2")),
                spec("7.move", "Move a range", 1, List.of("7.7", "2.1", "4.14", "5.8", "5.9", "5.13", "5.14", "5.15", "5.16")),
                spec("7.archive", "Read from an archive", 1, List.of("7.8", "3.1", "3.4", "5.8", "5.9", "5.14", "5.15")),
                spec("7.commit", "Commit over two stores", 1, List.of("7.10", "1.3", "6.11")),
                spec("7.store", "Put and get in the hybrid store", 2, List.of("7.11", "6.11", "7.2", "7.4", "7.5", "7.6", "7.7")));
    }
}
