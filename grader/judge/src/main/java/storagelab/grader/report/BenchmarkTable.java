package storagelab.grader.report;

import java.util.Collection;
import java.util.List;
import storagelab.grader.model.BenchmarkResult;
import storagelab.grader.model.BenchmarkResult.Counter;
import storagelab.grader.model.BenchmarkResult.Ratio;
import storagelab.grader.model.BenchmarkVerdict;

/** Benchmarks with all their figures, for the console. */
public final class BenchmarkTable {
    private BenchmarkTable() {}

    /** One block a benchmark: costs, then time. */
    public static String render(Collection<BenchmarkResult> benchmarks) {
        StringBuilder out = new StringBuilder();
        for (BenchmarkResult benchmark : benchmarks) {
            block(out, benchmark);
        }
        return out.toString();
    }

    private static void block(StringBuilder out, BenchmarkResult benchmark) {
        out.append('\n')
                .append(benchmark.title())
                .append(": ")
                .append(verdict(benchmark))
                .append('\n');
        Ratio ratio = benchmark.ratio();
        if (!benchmark.counters().isEmpty() || ratio != null) {
            row(out, "", "yours", "reference", "at most");
        }
        for (Counter counter : benchmark.counters()) {
            String mark = counter.ok() ? "" : " !";
            row(
                    out,
                    counter.name() + mark,
                    count(counter.student()),
                    count(counter.reference()),
                    count(counter.limit()));
        }
        if (ratio != null) {
            time(out, ratio);
        }
        if (!benchmark.message().isEmpty()) {
            out.append("  ").append(PlainText.clean(benchmark.message())).append('\n');
        }
    }

    private static void time(StringBuilder out, Ratio ratio) {
        String reference = Double.isNaN(ratio.referenceNanos()) ? "-" : Figures.nanos(ratio.referenceNanos());
        row(out, "time a call", Figures.nanos(ratio.studentNanos()), reference, "-");
        if (!Double.isNaN(ratio.value())) {
            String interval = Figures.ratio(ratio.low()) + " to " + Figures.ratio(ratio.high());
            row(out, "  as a ratio, 95 % sure: " + interval, Figures.ratio(ratio.value()), "1", "-");
        }
    }

    private static void row(StringBuilder out, String name, String... cells) {
        FigureRows.OF_A_BENCHMARK.append(out, name, List.of(cells));
    }

    private static String verdict(BenchmarkResult benchmark) {
        String words = benchmark.verdict().describe();
        if (benchmark.points() == 0) {
            return benchmark.verdict() == BenchmarkVerdict.PASSED ? "measured" : words;
        }
        return words + ", " + Figures.points(benchmark.earned()) + " of " + Figures.points(benchmark.points())
                + " points";
    }

    private static String count(double value) {
        return Double.isFinite(value) ? Figures.count(value) : "-";
    }
}
