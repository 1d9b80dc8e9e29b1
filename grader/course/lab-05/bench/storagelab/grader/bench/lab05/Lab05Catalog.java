package storagelab.grader.bench.lab05;

import java.util.List;
import storagelab.grader.bench.BenchmarkSpec;
import storagelab.grader.bench.LabCatalog;

/** What is measured of lab 5. Its rivals are other engines: see {@code lab bench 5 --against peers}. */
public final class Lab05Catalog implements LabCatalog {
    /** A store needs nearly everything; one that merges nothing, somewhat less. */
    private static final List<String> STORE_PUT = List.of("5.7", "5.1", "5.2", "5.3", "5.4", "5.5", "5.6", "5.8");

    private static final List<String> STORE_GET =
            List.of("5.8", "5.1", "5.2", "5.3", "5.4", "5.5", "5.6", "5.7", "5.9", "5.13", "5.14");

    @Override
    public int lab() {
        return 5;
    }

    @Override
    public List<BenchmarkSpec> graded() {
        return List.of(
                spec("5.filter", "Make and ask bloom filters", 1, List.of("5.1")),
                spec("5.block", "Seek in blocks", 2, List.of("5.4", "5.2")),
                spec("5.table", "Get from a table", 2, List.of("5.5", "5.1", "5.2", "5.4")),
                spec("5.put", "Put into a store", 1, STORE_PUT),
                spec("5.get", "Get from a store with tables on several levels", 1, STORE_GET),
                spec("5.merge", "Merge, and leave out what nobody sees", 2, List.of("5.13", "5.2", "5.6")),
                spec("5.cache", "Look up in a block cache, and put what is missing", 1, List.of("5.14", "5.4")));
    }
}
