package storagelab.grader.report;

import java.util.List;
import java.util.Locale;
import storagelab.grader.model.BenchmarkPoints;
import storagelab.grader.model.BenchmarkResult;
import storagelab.grader.model.BenchmarkVerdict;

/** The benchmarks on the page: counted costs as bars against their limits, time as an interval around the reference. */
final class HtmlBenchmark {
    private static final double AXIS_LOW = 0.25;
    private static final double AXIS_HIGH = 4;
    private static final int AXIS_LEFT = 10;
    private static final int AXIS_WIDTH = 580;
    private static final double[] TICKS = {0.25, 0.5, 1, 2, 4};

    private HtmlBenchmark() {}

    static void writeAll(Markup html, List<BenchmarkResult> benchmarks) {
        html.open("section", "class", "benchmarks").leaf("h3", "Benchmarks").newline();
        html.leaf("p", BenchmarkPoints.describe(), "class", "why").newline();
        benchmarks.forEach(benchmark -> write(html, benchmark));
        html.close().newline();
    }

    private static void write(Markup html, BenchmarkResult benchmark) {
        html.open("article", "class", "exercise " + tone(benchmark.verdict())).open("div", "class", "summary");
        html.open("h4")
                .leaf("span", benchmark.id(), "class", "id")
                .text(" " + benchmark.title())
                .close();
        html.leaf("span", benchmark.verdict().describe(), "class", "badge " + tone(benchmark.verdict()));
        html.open("span", "class", "points").leaf("strong", earned(benchmark));
        html.text(" / " + Figures.points(benchmark.points())).close().close().newline();
        if (!benchmark.message().isEmpty()) {
            html.leaf("p", benchmark.message(), "class", "why").newline();
        }
        if (!benchmark.counters().isEmpty()) {
            counters(html, benchmark.counters());
        }
        BenchmarkResult.Ratio ratio = benchmark.ratio();
        if (ratio != null && isDrawable(ratio)) {
            time(html, ratio);
        }
        html.close().newline();
    }

    private static void counters(Markup html, List<BenchmarkResult.Counter> counters) {
        html.open("table", "class", "counters").leaf("caption", "Counted, the same on every machine");
        html.open("thead").open("tr").leaf("th", "Cost", "scope", "col");
        for (String column : new String[] {"Yours", "Reference", "At most"}) {
            html.leaf("th", column, "scope", "col", "class", "number");
        }
        html.leaf("th", "Yours against the limit", "scope", "col", "class", "gauge")
                .close()
                .close()
                .open("tbody")
                .newline();
        for (BenchmarkResult.Counter counter : counters) {
            html.open("tr").leaf("th", counter.name(), "scope", "row");
            html.leaf("td", cell(counter.student()), "class", counter.ok() ? "number" : "number over");
            html.leaf("td", cell(counter.reference()), "class", "number");
            html.leaf("td", cell(counter.limit()), "class", "number").open("td", "class", "gauge");
            gauge(html, counter);
            html.close().close().newline();
        }
        html.close().close().newline();
    }

    private static String cell(double value) {
        return Double.isFinite(value) ? Figures.count(value) : "–";
    }

    /** A bar that is as long as the cost, with a mark where the limit is. */
    private static void gauge(Markup html, BenchmarkResult.Counter counter) {
        if (!Double.isFinite(counter.student()) || !Double.isFinite(counter.limit())) {
            return;
        }
        double scale = Math.max(Math.max(counter.student(), counter.limit() * 1.25), 1e-9);
        String spent = percentOf(counter.student(), scale);
        String limit = percentOf(counter.limit(), scale);
        html.open("div", "class", "gauge-line");
        html.open("div", "class", counter.ok() ? "bar" : "bar over", "aria-hidden", "true");
        html.leaf("span", "", "style", "width:" + spent)
                .leaf("b", "", "style", "left:" + limit)
                .close();
        html.leaf("span", counter.ok() ? "within" : "too much", "class", "small")
                .close();
    }

    private static String percentOf(double part, double whole) {
        return String.format(Locale.ROOT, "%.1f%%", 100 * Math.max(0, part) / whole);
    }

    private static boolean isDrawable(BenchmarkResult.Ratio ratio) {
        return ratio.low() > 0 && Double.isFinite(ratio.value()) && Double.isFinite(ratio.high());
    }

    private static void time(Markup html, BenchmarkResult.Ratio ratio) {
        html.open("figure")
                .open("figcaption")
                .text("Time: ")
                .text(BenchmarkText.ratio(ratio))
                .close();
        html.open("svg", "viewBox", "0 0 600 62", "role", "img", "aria-label", "Time " + BenchmarkText.ratio(ratio));
        html.newline();
        for (double tick : TICKS) {
            String x = position(tick);
            html.empty("line", "class", tick == 1 ? "one" : "tick", "x1", x, "x2", x, "y1", "6", "y2", "36");
            String anchor = tick == AXIS_LOW ? "start" : tick == AXIS_HIGH ? "end" : "middle";
            html.leaf("text", label(tick), "x", x, "y", "52", "text-anchor", anchor)
                    .newline();
        }
        html.empty(
                "line", "class", "axis", "x1", position(AXIS_LOW), "x2", position(AXIS_HIGH), "y1", "36", "y2", "36");
        html.empty(
                "line",
                "class",
                "interval",
                "x1",
                position(ratio.low()),
                "x2",
                position(ratio.high()),
                "y1",
                "20",
                "y2",
                "20");
        html.empty("circle", "class", "estimate", "cx", position(ratio.value()), "cy", "20", "r", "6");
        html.close().close().newline();
    }

    private static String label(double tick) {
        if (tick == 1) {
            return "reference";
        }
        String times = Figures.points(tick) + "×";
        return tick == AXIS_LOW ? times + ", faster" : tick == AXIS_HIGH ? "slower, " + times : times;
    }

    /** Where a ratio lies on the logarithmic axis; what is beyond the axis lies at its end. */
    private static String position(double ratio) {
        double inside = Math.max(AXIS_LOW, Math.min(AXIS_HIGH, ratio));
        double share = Math.log(inside / AXIS_LOW) / Math.log(AXIS_HIGH / AXIS_LOW);
        return String.format(Locale.ROOT, "%.1f", AXIS_LEFT + AXIS_WIDTH * share);
    }

    /** What it brought; a dash if it could not be graded. */
    private static String earned(BenchmarkResult benchmark) {
        return benchmark.verdict() == BenchmarkVerdict.NOT_GRADED ? "–" : Figures.points(benchmark.earned());
    }

    private static String tone(BenchmarkVerdict verdict) {
        return switch (verdict) {
            case PASSED -> "good";
            case FAILED -> "bad";
            case PARTIAL, TOO_NOISY, NOT_GRADED -> "odd";
            case NOT_RUN -> "calm";
        };
    }
}
