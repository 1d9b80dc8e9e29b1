package storagelab.grader.report;

import java.util.StringJoiner;
import storagelab.grader.model.BenchmarkResult;

/** A benchmark in lines of text. */
final class BenchmarkText {
    private BenchmarkText() {}

    /** The message, a line a counter, and the ratio with its interval. */
    static String describe(BenchmarkResult benchmark) {
        StringJoiner lines = new StringJoiner("\n");
        if (!benchmark.message().isEmpty()) {
            lines.add(benchmark.message());
        }
        for (BenchmarkResult.Counter counter : benchmark.counters()) {
            lines.add(counter(counter));
        }
        BenchmarkResult.Ratio ratio = benchmark.ratio();
        if (ratio != null) {
            lines.add("time: " + ratio(ratio));
        }
        return lines.toString();
    }

    /** {@code probes per search: 21 (reference 20, at most 21)}. */
    static String counter(BenchmarkResult.Counter counter) {
        StringJoiner rest = new StringJoiner(", ", " (", ")").setEmptyValue("");
        if (Double.isFinite(counter.reference())) {
            rest.add("reference " + Figures.count(counter.reference()));
        }
        if (Double.isFinite(counter.limit())) {
            rest.add("at most " + Figures.count(counter.limit()));
        }
        String tooMany = counter.ok() ? "" : ": too much";
        return counter.name() + ": " + Figures.count(counter.student()) + rest + tooMany;
    }

    /** {@code 1.07 times the reference (95 % between 0.98 and 1.17), 45.2 ns against 42.1 ns a call}. */
    static String ratio(BenchmarkResult.Ratio ratio) {
        if (Double.isNaN(ratio.value())) {
            return Figures.nanos(ratio.studentNanos()) + " a call";
        }
        return Figures.ratio(ratio.value()) + " times the reference (95 % between " + Figures.ratio(ratio.low())
                + " and " + Figures.ratio(ratio.high()) + "), " + Figures.nanos(ratio.studentNanos()) + " against "
                + Figures.nanos(ratio.referenceNanos()) + " a call";
    }
}
