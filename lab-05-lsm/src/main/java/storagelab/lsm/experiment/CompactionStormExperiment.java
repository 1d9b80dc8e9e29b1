package storagelab.lsm.experiment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;
import storagelab.api.Slice;
import storagelab.experiment.Axis;
import storagelab.experiment.Experiment;
import storagelab.experiment.ExperimentContext;
import storagelab.experiment.ExperimentResult;
import storagelab.experiment.Plot;
import storagelab.experiment.Plot.Style;
import storagelab.experiment.Prediction;
import storagelab.experiment.Quantity;
import storagelab.experiment.ResultTable;
import storagelab.lsm.LsmOptions;
import storagelab.lsm.LsmStore;

/**
 * A writer puts orders as fast as it can, and gets one after every hundred, while merges may write only so much a second and
 * fall behind. Once nobody holds the writer up, once the stall controller does. What do puts cost over time, and what
 * happens to level 0?
 */
public final class CompactionStormExperiment implements Experiment {
    private static final int PUTS_A_GET = 100;
    private static final int PUTS_A_POINT = 500;
    private static final double MEDIAN = 50;
    private static final double MOST = 99;
    private static final double NEARLY_ALL = 99.9;
    private static final double NANOS_PER_MICRO = 1e3;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    /** For the service loader. */
    public CompactionStormExperiment() {}

    @Override
    public String id() {
        return "5.compaction-storm";
    }

    @Override
    public String question() {
        return "What do puts and gets cost when merges fall behind, and nobody or the stall controller holds writers up?";
    }

    @Override
    public Prediction prediction() {
        return new Prediction.Amount(
                "Merges fall behind, and the stall controller slows writers down from 8 tables on level 0 on, and stops "
                        + "them at 12. How many tables does level 0 have at most?",
                "tables");
    }

    /** How it was at one moment of a run. */
    private record Point(double seconds, double putMicros, int tables) {}

    /** What a writer has seen. */
    private record Storm(String words, List<Point> points, Histogram puts, Histogram gets, double seconds) {
        int mostTables() {
            return points.stream().mapToInt(Point::tables).max().orElseThrow();
        }
    }

    @Override
    public ExperimentResult run(ExperimentContext context) throws IOException {
        int memtableBytes = context.pick(256 << 10, 64 << 10);
        LsmOptions options = LsmOptions.defaults()
                .withMemtableBytes(memtableBytes)
                .withTableBytes(memtableBytes)
                .withCacheBytes(0)
                .withTable(LsmOptions.defaults().table().withFilter(null))
                .withMergeBytesPerSecond(context.pick(2 << 20, 512 << 10));
        context.progress("nobody holds writers up", 0);
        Storm free = storm(context, "held up by nobody", options.withoutStalls());
        context.progress("the stall controller does", 0.2);
        Storm held = storm(context, "with the stall controller", options);
        List<Storm> storms = List.of(free, held);
        return new ExperimentResult(table(storms), plots(storms), held.mostTables(), observation(free, held));
    }

    private static Storm storm(ExperimentContext context, String words, LsmOptions options) {
        int orders = context.pick(60_000, 8_000);
        SplittableRandom random = new SplittableRandom(context.seed());
        Histogram puts = new Histogram(3);
        Histogram gets = new Histogram(3);
        List<Point> points = new ArrayList<>();
        try (LsmStore store = LsmStore.open(context.directory().resolve(words.replace(' ', '-')), options)) {
            long begin = context.nanoTime();
            Histogram recent = new Histogram(3);
            for (int i = 0; i < orders; i++) {
                Slice key = Orders.secretKey(i);
                Slice value = Orders.value(random);
                long start = context.nanoTime();
                store.put(key, value);
                long nanos = context.nanoTime() - start;
                puts.recordValue(nanos);
                recent.recordValue(nanos);
                if (i % PUTS_A_GET == 0) {
                    gets.recordValue(getNanos(context, store, random.nextInt(i + 1)));
                }
                if (i % PUTS_A_POINT == PUTS_A_POINT - 1) {
                    points.add(new Point(
                            (context.nanoTime() - begin) / NANOS_PER_SECOND,
                            recent.getValueAtPercentile(MOST) / NANOS_PER_MICRO,
                            store.version().files(0).size()));
                    recent.reset();
                }
            }
            double seconds = (context.nanoTime() - begin) / NANOS_PER_SECOND;
            return new Storm(words, points, puts, gets, seconds);
        }
    }

    private static long getNanos(ExperimentContext context, LsmStore store, int order) {
        long start = context.nanoTime();
        if (store.get(Orders.secretKey(order)).isEmpty()) {
            throw new AssertionError("order " + order + " was put and is not there");
        }
        return context.nanoTime() - start;
    }

    private static ResultTable table(List<Storm> storms) {
        ResultTable.Builder table = ResultTable.builder()
                .column("writer")
                .column("all orders in", "s")
                .column("put, median", "µs")
                .column("put, 99.9 %", "µs")
                .column("put, longest", "ms")
                .column("get, median", "µs")
                .column("get, 99.9 %", "µs")
                .column("tables on level 0 at most");
        for (Storm storm : storms) {
            table.row(
                    storm.words,
                    storm.seconds,
                    storm.puts.getValueAtPercentile(MEDIAN) / NANOS_PER_MICRO,
                    storm.puts.getValueAtPercentile(NEARLY_ALL) / NANOS_PER_MICRO,
                    storm.puts.getMaxValue() / NANOS_PER_MILLI,
                    storm.gets.getValueAtPercentile(MEDIAN) / NANOS_PER_MICRO,
                    storm.gets.getValueAtPercentile(NEARLY_ALL) / NANOS_PER_MICRO,
                    storm.mostTables());
        }
        return table.build();
    }

    private static List<Plot> plots(List<Storm> storms) {
        List<Plot.Series> latencies = new ArrayList<>();
        List<Plot.Series> tables = new ArrayList<>();
        for (Storm storm : storms) {
            Plot.SeriesBuilder latency = Plot.Series.named(storm.words);
            Plot.SeriesBuilder count = Plot.Series.named(storm.words);
            for (Point point : storm.points) {
                latency.add(point.seconds, point.putMicros);
                count.add(point.seconds, point.tables);
            }
            latencies.add(latency.as(Style.MARKS_AND_LINE));
            tables.add(count.as(Style.MARKS_AND_LINE));
        }
        Axis time = Axis.linear("time", "s");
        return List.of(
                new Plot.Curves(
                        "What 99 % of " + PUTS_A_POINT + " puts take at most",
                        time,
                        Axis.logarithmic("latency", "µs"),
                        latencies),
                new Plot.Curves("Tables on level 0", time, Axis.linear("tables", ""), tables));
    }

    private static String observation(Storm free, Storm held) {
        return "With nobody to hold it up the writer was through after " + seconds(free) + ", and left "
                + free.points.get(free.points.size() - 1).tables
                + " tables on level 0, which every get had to look at: "
                + micros(free.gets, MEDIAN) + " in the median. With the controller it took " + seconds(held)
                + ", half of the puts took less than " + micros(held.puts, MEDIAN) + " and 99.9 % less than "
                + micros(held.puts, NEARLY_ALL) + ", level 0 had " + held.mostTables()
                + " tables at most, and a get took "
                + micros(held.gets, MEDIAN) + ".";
    }

    private static String seconds(Storm storm) {
        return Quantity.number(storm.seconds) + " s";
    }

    private static String micros(Histogram nanos, double percentile) {
        return Quantity.duration(nanos.getValueAtPercentile(percentile));
    }
}
