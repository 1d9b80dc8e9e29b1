package storagelab.sortedlog.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import storagelab.api.Entry;
import storagelab.api.Slice;
import storagelab.experiment.Axis;
import storagelab.experiment.Experiment;
import storagelab.experiment.ExperimentContext;
import storagelab.experiment.ExperimentResult;
import storagelab.experiment.LineFit;
import storagelab.experiment.Plot;
import storagelab.experiment.Plot.Style;
import storagelab.experiment.Prediction;
import storagelab.experiment.Quantity;
import storagelab.experiment.ResultTable;
import storagelab.experiment.Stopwatch;
import storagelab.file.FileMetrics;
import storagelab.file.StatsRecorder;
import storagelab.sortedlog.SortedTable;
import storagelab.sortedlog.SortedTableBuilder;
import storagelab.sortedlog.toy.ToyLog;

/** A restart: the toy reads its whole log to know where everything is, a sorted table only its index. */
public final class RebuildTimeExperiment implements Experiment {
    private static final int VALUE_BYTES = 100;
    private static final int ROUNDS = 3;
    private static final int OPENS = 50;
    private static final int SIZES = 6;
    private static final double MEGABYTE = 1e6;
    private static final double TERABYTE_MEGABYTES = 1e6;
    private static final double MILLI_NANOS = 1e6;
    private static final double HOUR_MILLIS = 3.6e6;

    /** For the service loader. */
    public RebuildTimeExperiment() {}

    @Override
    public String id() {
        return "1.rebuild-time";
    }

    @Override
    public String question() {
        return "How long does a restart take when there is a terabyte of log?";
    }

    @Override
    public Prediction prediction() {
        return new Prediction.Amount(
                "A process restarts with 1 TB of text log on this machine. How long until it knows where everything is?",
                "hours");
    }

    /** Sizes in megabytes and times in milliseconds of one way to store the same entries. */
    private record Curve(Plot.SeriesBuilder points) {
        static Curve named(String name) {
            return new Curve(Plot.Series.named(name));
        }

        LineFit fit() {
            return LineFit.of(points.x(), points.y());
        }

        /** A dashed line along the fit between two sizes. */
        Plot.Series line(String name, double from, double to) {
            return Plot.Series.named(name)
                    .add(from, fit().at(from))
                    .add(to, fit().at(to))
                    .as(Style.DASHED_LINE);
        }

        /** A dashed line from the last measurement to a terabyte. */
        Plot.Series extrapolation(String name) {
            int last = points.x().size() - 1;
            return Plot.Series.named(name)
                    .add(points.x().get(last), points.y().get(last))
                    .add(TERABYTE_MEGABYTES, terabyteMillis())
                    .as(Style.DASHED_LINE);
        }

        double terabyteMillis() {
            return fit().slope() * TERABYTE_MEGABYTES;
        }
    }

    @Override
    public ExperimentResult run(ExperimentContext context) throws IOException {
        ResultTable.Builder table = ResultTable.builder()
                .column("entries")
                .column("toy log", "MB")
                .column("rebuild", "ms")
                .column("sorted table", "MB")
                .column("open", "ms")
                .column("bytes read to open");
        Curve toy = Curve.named("toy log");
        Curve sorted = Curve.named("sorted table");
        int largest = context.pick(90_000, 18_000);
        List<Restart> restarts = new ArrayList<>();
        for (int step = 1; step <= SIZES; step++) {
            context.progress("writing", (step - 1) / (2.0 * SIZES));
            restarts.add(Restart.of(context, largest / SIZES * step));
        }
        for (int round = 0; round <= ROUNDS; round++) {
            context.progress("restarting", 0.5 + round / (2.0 * ROUNDS + 2));
            for (Restart restart : restarts) {
                restart.measure(context);
            }
            if (round == 0) {
                restarts.forEach(Restart::forget);
            }
        }
        for (Restart restart : restarts) {
            double logMegabytes = restart.logBytes / MEGABYTE;
            double tableMegabytes = restart.tableBytes / MEGABYTE;
            double rebuildMillis = restart.rebuildNanos / MILLI_NANOS;
            double openMillis = restart.openNanos / MILLI_NANOS;
            toy.points().add(logMegabytes, rebuildMillis);
            sorted.points().add(tableMegabytes, openMillis);
            table.row(
                    restart.entries, logMegabytes, rebuildMillis, tableMegabytes, openMillis, restart.bytesReadToOpen);
        }
        return new ExperimentResult(
                table.build(), plots(toy, sorted), toy.terabyteMillis() / HOUR_MILLIS, observation(toy, sorted));
    }

    private static List<Plot> plots(Curve toy, Curve sorted) {
        double smallest = toy.points().x().get(0);
        double largest = toy.points().x().get(SIZES - 1);
        return List.of(
                new Plot.Curves(
                        "Time until a restarted process knows where everything is",
                        Axis.linear("size on disk", "MB"),
                        Axis.linear("time", "ms"),
                        List.of(
                                toy.points().as(Style.MARKS),
                                sorted.points().as(Style.MARKS),
                                toy.line("line through the toy log's times", smallest, largest))),
                new Plot.Curves(
                        "The same, extended to a terabyte",
                        Axis.logarithmic("size on disk", "MB"),
                        Axis.logarithmic("time", "ms"),
                        List.of(
                                toy.points().as(Style.MARKS),
                                sorted.points().as(Style.MARKS),
                                toy.extrapolation("toy log, extended"),
                                sorted.extrapolation("sorted table, extended"))));
    }

    private static String observation(Curve toy, Curve sorted) {
        LineFit fit = toy.fit();
        return "Rebuilding took " + Quantity.number(fit.slope()) + " ms a megabyte (a line explains "
                + Quantity.number(100 * fit.rSquared()) + " % of the variance), so that 1 TB would take "
                + Quantity.duration(toy.terabyteMillis() * MILLI_NANOS)
                + ", the reading from a cold disk and the memory for the index not counted; a sorted table of 1 TB would "
                + "open in " + Quantity.duration(Math.max(0, sorted.terabyteMillis()) * MILLI_NANOS)
                + " by the same rule, because it reads its index and none of its data.";
    }

    /**
     * The same entries as a toy log and as a sorted table, and the shortest time that each took to come back. The
     * shortest of several, because whatever else the machine does only adds to it.
     */
    private static final class Restart {
        private final int entries;
        private final Path log;
        private final Path table;
        private final long logBytes;
        private final long tableBytes;
        private long rebuildNanos = Long.MAX_VALUE;
        private long openNanos = Long.MAX_VALUE;
        private long bytesReadToOpen;

        private Restart(int entries, Path log, Path table) throws IOException {
            this.entries = entries;
            this.log = log;
            this.table = table;
            this.logBytes = Files.size(log);
            this.tableBytes = Files.size(table);
        }

        static Restart of(ExperimentContext context, int entries) throws IOException {
            Path log = context.directory().resolve(entries + ".log");
            Path table = context.directory().resolve(entries + ".table");
            SplittableRandom random = new SplittableRandom(context.seed());
            try (ToyLog toy = ToyLog.open(log, context.clock());
                    SortedTableBuilder builder = SortedTableBuilder.create(table, 1, new StatsRecorder())) {
                for (int i = 0; i < entries; i++) {
                    String value = Workload.value(random, VALUE_BYTES);
                    toy.append(Workload.key(i), value);
                    builder.add(Entry.value(Workload.keySlice(i), Slice.utf8(value)));
                }
                builder.finish();
            }
            return new Restart(entries, log, table);
        }

        void measure(ExperimentContext context) throws IOException {
            Stopwatch stopwatch = new Stopwatch(context);
            rebuildNanos = Math.min(rebuildNanos, stopwatch.nanos(() -> rebuild(context)));
            openNanos = Math.min(openNanos, stopwatch.fastestNanos(OPENS, this::open));
        }

        /** Forgets times that were taken before the code was compiled. */
        void forget() {
            rebuildNanos = Long.MAX_VALUE;
            openNanos = Long.MAX_VALUE;
        }

        private void rebuild(ExperimentContext context) {
            try (ToyLog toy = ToyLog.open(log, context.clock())) {
                int lines = toy.rebuildIndex().lines();
                if (lines != entries) {
                    throw new AssertionError(entries + " lines were written and " + lines + " read");
                }
            }
        }

        private void open() {
            StatsRecorder stats = new StatsRecorder();
            try (SortedTable opened = SortedTable.open(table, 1, stats)) {
                if (opened.info().entries() != entries) {
                    throw new AssertionError("a table of " + entries + " entries says " + opened.info());
                }
            }
            bytesReadToOpen = stats.get(FileMetrics.BYTES_READ);
        }
    }
}
