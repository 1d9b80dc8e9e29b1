package storagelab.grader.bench.lab06;

import java.util.List;
import storagelab.grader.bench.BenchmarkSpec;
import storagelab.grader.bench.LabCatalog;

/** What is measured of lab 6. */
public final class Lab06Catalog implements LabCatalog {
    /** A store needs every exercise on the log, and nearly everything of both engines. */
    private static final List<String> STORE = List.of(
            "6.6", "4.14", "5.8", "5.9", "5.13", "5.14", "5.15", "5.16", "6.1", "6.2", "6.3", "6.4", "6.5");

    @Override
    public int lab() {
        return 6;
    }

    @Override
    public List<BenchmarkSpec> graded() {
        return List.of(
                spec("6.log", "Append to a log in segments, and scan it", 1, List.of("6.1", "5.3", "5.7")),
                spec("6.commit", "Commit in groups", 1, List.of("6.3", "5.3", "5.7", "6.1", "6.2")),
                spec("6.recovery", "Recover an engine from its log", 1, List.of("6.5", "5.3", "5.7", "6.1", "6.4")),
                spec("6.store", "Put into a store behind a log", 1, STORE),
                spec("6.views", "Read old moments, and write alongside them", 1, List.of("6.10", "2.7", "6.7")),
                spec(
                        "6.transactions",
                        "Transactions at either level",
                        2,
                        List.of("6.9", "2.7", "3.1", "3.4", "6.7", "6.8", "6.10")),
                spec("6.keys", "Encode rows as keys, and decode them", 1, List.of("6.12")),
                spec("6.statistics", "Analyze rows, and estimate", 2, List.of("6.13")));
    }
}
