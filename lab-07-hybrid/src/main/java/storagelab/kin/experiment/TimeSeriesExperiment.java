package storagelab.kin.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import storagelab.api.Durability;
import storagelab.experiment.Axis;
import storagelab.experiment.Experiment;
import storagelab.experiment.ExperimentContext;
import storagelab.experiment.ExperimentResult;
import storagelab.experiment.Plot;
import storagelab.experiment.Plot.Style;
import storagelab.experiment.Prediction;
import storagelab.experiment.Quantity;
import storagelab.experiment.ResultTable;
import storagelab.kin.Point;
import storagelab.kin.TimeSeriesStore;
import storagelab.kv.CrashSafeStore;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineKind;

/** Five series with a point each ten seconds, stored with windows of several widths: counted are the bytes of keys and values. */
public final class TimeSeriesExperiment implements Experiment {
    private static final long STEP_MILLIS = 10_000;
    private static final List<Integer> WINDOWS = List.of(6, 36, 360, 2_160); // points: a minute to six hours
    private static final int PREDICTED = 360;
    private static final int BATCH = 360;

    /** What is measured. */
    private enum Kind {
        CONSTANT("constant"),
        TEMPERATURE("temperature"),
        TENTHS("in tenths, integer"),
        REQUESTS("requests, integer"),
        NOISE("random");

        private final String name;

        Kind(String name) {
            this.name = name;
        }

        double next(double last, SplittableRandom random) {
            return switch (this) {
                case CONSTANT -> 21;
                case TEMPERATURE -> Math.round(10 * last + random.nextInt(-1, 2)) / 10.0;
                case TENTHS -> Math.rint(last) + random.nextInt(-1, 2);
                case REQUESTS -> last + random.nextInt(100);
                case NOISE -> random.nextDouble();
            };
        }
    }

    /** For the service loader. */
    public TimeSeriesExperiment() {}

    @Override
    public String id() {
        return "7.time-series";
    }

    @Override
    public String question() {
        return "How many bytes does a point of a time series take?";
    }

    @Override
    public Prediction prediction() {
        return new Prediction.Amount(
                "A temperature is measured each ten seconds, to a tenth of a degree, as a double. A point by itself is an entry of 30 bytes: a "
                        + "letter, the name of the series, the time, the value. How many bytes does it take when all 360 points of an hour are in one block?",
                "bytes");
    }

    /** The bytes of one series with one width. */
    private record Measured(Kind kind, int window, int points, double entry, double block, double summary) {}

    @Override
    public ExperimentResult run(ExperimentContext context) {
        int points = context.pick(8, 2) * WINDOWS.get(WINDOWS.size() - 1);
        List<Measured> all = new ArrayList<>();
        for (int window : WINDOWS) {
            for (Kind kind : Kind.values()) {
                context.progress(kind.name, (double) all.size() / (WINDOWS.size() * Kind.values().length));
                all.add(measure(context, kind, window, points));
            }
        }
        double answer = find(all, Kind.TEMPERATURE, PREDICTED).block;
        return new ExperimentResult(table(all), plots(all), answer, observation(all));
    }

    private static Measured measure(ExperimentContext context, Kind kind, int window, int points) {
        SplittableRandom random = new SplittableRandom(context.seed());
        DurableOptions options = DurableOptions.defaults(EngineKind.LSM);
        try (CrashSafeStore store = CrashSafeStore.open(context.directory().resolve(kind + "-" + window), options)) {
            TimeSeriesStore series = new TimeSeriesStore(store, window * STEP_MILLIS);
            double value = kind == Kind.TENTHS ? 200 : 20;
            for (int first = 0; first < points; first += BATCH) {
                List<Point> batch = new ArrayList<>();
                for (int i = first; i < Math.min(first + BATCH, points); i++) {
                    value = kind.next(value, random);
                    batch.add(new Point(i * STEP_MILLIS, value));
                }
                series.append("temperature", batch, Durability.BUFFERED);
            }
            double entry = (double) Stored.in(store, "r").bytes() / points;
            int unused = series.seal(points * STEP_MILLIS);
            int found = series.points("temperature", 0, Point.TIME_MAX).size();
            if (found != points || Stored.in(store, "r").entries() != 0) {
                throw new AssertionError(found + " points of " + points);
            }
            double block = (double) Stored.in(store, "b").bytes() / points;
            double summary = (double) Stored.in(store, "d").bytes() / points;
            return new Measured(kind, window, points, entry, block, summary);
        }
    }

    private static Measured find(List<Measured> all, Kind kind, int window) {
        return all.stream()
                .filter(one -> one.kind == kind && one.window == window)
                .findFirst()
                .orElseThrow();
    }

    private static ResultTable table(List<Measured> all) {
        ResultTable.Builder table = ResultTable.builder()
                .column("series")
                .column("window", "points")
                .column("points")
                .column("a point as an entry", "bytes")
                .column("in a block", "bytes")
                .column("its share of a summary", "bytes");
        all.forEach(one -> table.row(one.kind.name, one.window, one.points, one.entry, one.block, one.summary));
        return table.build();
    }

    private static List<Plot> plots(List<Measured> all) {
        List<Plot.Series> curves = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            Plot.SeriesBuilder curve = Plot.Series.named(kind.name);
            WINDOWS.forEach(window -> curve.add(window, find(all, kind, window).block));
            curves.add(curve.as(Style.MARKS_AND_LINE));
        }
        List<Double> entries = new ArrayList<>();
        List<Double> blocks = new ArrayList<>();
        List<Double> summaries = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            Measured hour = find(all, kind, PREDICTED);
            entries.add(hour.entry);
            blocks.add(hour.block);
            summaries.add(hour.summary);
        }
        return List.of(
                new Plot.Curves(
                        "A point in a block",
                        Axis.logarithmic("points of a window", ""),
                        Axis.logarithmic("a point", "bytes"),
                        curves),
                new Plot.Bars(
                        "A point of a window of an hour",
                        List.of("setting", "temperature", "in tenths", "requests", "random"),
                        Axis.logarithmic("a point", "bytes"),
                        List.of(
                                new Plot.Group("an entry", entries),
                                new Plot.Group("in a block", blocks),
                                new Plot.Group("only the summary", summaries))));
    }

    private static String observation(List<Measured> all) {
        Measured hour = find(all, Kind.TEMPERATURE, PREDICTED);
        Measured minute = find(all, Kind.TEMPERATURE, WINDOWS.get(0));
        Measured tenths = find(all, Kind.TENTHS, PREDICTED);
        Measured noise = find(all, Kind.NOISE, PREDICTED);
        return "A point of the temperature is an entry of " + Quantity.number(hour.entry) + " bytes, and takes "
                + Quantity.number(hour.block)
                + " bytes in a block of an hour: one bit of them is the time. In a block of a minute it takes "
                + Quantity.number(minute.block)
                + ", since six points share a key and the first point. The same temperature in tenths of a degree, an integer, takes "
                + Quantity.number(tenths.block)
                + " bytes in a block of an hour: a tenth has no end in binary digits, and an integer has zeros. A random number takes "
                + Quantity.number(noise.block)
                + " bytes in a block of an hour: its bits cannot be had for less. The summary of an hour is "
                + Quantity.number(hour.summary) + " bytes for each of its points.";
    }
}
