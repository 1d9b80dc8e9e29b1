package storagelab.lsm.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.io.file.PathUtils;
import storagelab.api.Slice;
import storagelab.api.ValueKind;
import storagelab.bloom.FilterPolicy;
import storagelab.experiment.Axis;
import storagelab.experiment.Experiment;
import storagelab.experiment.ExperimentContext;
import storagelab.experiment.ExperimentResult;
import storagelab.experiment.Plot;
import storagelab.experiment.Plot.Style;
import storagelab.experiment.Prediction;
import storagelab.experiment.Quantity;
import storagelab.experiment.ResultTable;
import storagelab.file.StatsRecorder;
import storagelab.file.StoreFile;
import storagelab.sstable.BlockSlots;
import storagelab.sstable.ChannelSource;
import storagelab.sstable.InternalKey;
import storagelab.sstable.SsTable;
import storagelab.sstable.TableBuilder;
import storagelab.sstable.TableOptions;

/**
 * Four levels, each ten times as large as the one above it, and gets of which nine in ten are of orders that are not
 * there: how many tables do filters spare with so many bits a key, if all levels have equally many, and if {@link
 * FilterBits small levels have more}?
 */
public final class FiltersExperiment implements Experiment {
    private static final List<Integer> BITS = List.of(0, 1, 2, 3, 4, 6, 8, 10, 12, 14, 16);
    private static final int PREDICTED = 10; // of BITS
    private static final int LEVELS = 4;
    private static final int GROWTH = 10;
    private static final int ABSENT_FOR_PRESENT = 9;
    private static final int VALUE_BYTES = 20;
    private static final double PER_GETS = 1_000;
    private static final double PERCENT = 100;

    /** For the service loader. */
    public FiltersExperiment() {}

    @Override
    public String id() {
        return "5.filters";
    }

    @Override
    public String question() {
        return "How many tables do filters spare, and where are their bits worth most?";
    }

    @Override
    public Prediction prediction() {
        return new Prediction.Amount(
                "Four levels, each ten times as large as the one above it, have filters of ten bits a key. 1,000 gets are "
                        + "of keys that are not there. How many blocks do they read, all together?",
                "blocks");
    }

    /** Keys of each level, and some that are nowhere. */
    private record Keys(List<Slice[]> levels, Slice[] there, Slice[] nowhere) {
        int[] sizes() {
            return levels.stream().mapToInt(level -> level.length).toArray();
        }
    }

    /** What gets do with filters of so many bits a key. */
    private record Outcome(FilterBits filters, int average, double[] bits, double skippedPercent, double inVain) {
        double expected() {
            return PER_GETS * Arrays.stream(bits).map(FilterBits::rate).sum();
        }
    }

    @Override
    public ExperimentResult run(ExperimentContext context) throws IOException {
        Keys keys = keys(context);
        List<Outcome> outcomes = new ArrayList<>();
        for (FilterBits filters : FilterBits.values()) {
            for (int average : BITS) {
                context.progress(average + " bits a key", outcomes.size() / (2.0 * BITS.size()));
                Path directory = context.directory().resolve(filters + "-" + average);
                outcomes.add(measure(directory, keys, filters, average));
            }
        }
        return new ExperimentResult(
                table(outcomes),
                List.of(
                        plot(
                                outcomes,
                                "Tables that filters spare, nine of ten keys not there",
                                Axis.linear("tables", "% of those asked"),
                                Outcome::skippedPercent),
                        plot(
                                outcomes,
                                "Blocks read in vain",
                                Axis.logarithmic("blocks", "for 1,000 gets of keys not there"),
                                Outcome::inVain)),
                of(outcomes, FilterBits.UNIFORM, PREDICTED).inVain,
                observation(outcomes));
    }

    private static Keys keys(ExperimentContext context) {
        SplittableRandom random = new SplittableRandom(context.seed());
        List<Slice[]> levels = new ArrayList<>();
        int size = context.pick(100, 20);
        int first = 0;
        for (int level = 0; level < LEVELS; level++, size *= GROWTH) {
            int from = first;
            levels.add(IntStream.range(from, from + size)
                    .mapToObj(Orders::secretKey)
                    .sorted()
                    .toArray(Slice[]::new));
            first += size;
        }
        int absent = context.pick(90_000, 9_000);
        Slice[] there = random.ints(absent / ABSENT_FOR_PRESENT, 0, first)
                .mapToObj(Orders::secretKey)
                .toArray(Slice[]::new);
        Slice[] nowhere =
                random.ints(absent, -absent, 0).mapToObj(Orders::secretKey).toArray(Slice[]::new);
        return new Keys(levels, there, nowhere);
    }

    private static Outcome measure(Path directory, Keys keys, FilterBits filters, int average) throws IOException {
        double[] bits = filters.perKey(keys.sizes(), average);
        Files.createDirectory(directory);
        List<CountingFilter> counters = new ArrayList<>();
        List<SsTable> tables = new ArrayList<>();
        try {
            for (int level = 0; level < LEVELS; level++) {
                CountingFilter counter = new CountingFilter(FilterBits.policy(bits[level]));
                counters.add(counter);
                tables.add(build(directory.resolve("level-" + level), keys.levels.get(level), counter));
            }
            get(tables, keys.nowhere, false);
            double inVain = sum(counters, CountingFilter::passed) * PER_GETS / keys.nowhere.length;
            get(tables, keys.there, true);
            double asked = sum(counters, CountingFilter::asked);
            double skipped = asked - sum(counters, CountingFilter::passed);
            return new Outcome(filters, average, bits, PERCENT * skipped / asked, inVain);
        } finally {
            tables.forEach(SsTable::close);
            PathUtils.deleteDirectory(directory);
        }
    }

    private static double sum(List<CountingFilter> counters, ToLongFunction<CountingFilter> figure) {
        return counters.stream().mapToLong(figure).sum();
    }

    private static SsTable build(Path path, Slice[] keys, FilterPolicy filter) {
        StatsRecorder stats = new StatsRecorder();
        Slice value = Slice.wrap(new byte[VALUE_BYTES]);
        try (StoreFile file = StoreFile.create(path, stats)) {
            TableBuilder builder =
                    new TableBuilder(file, TableOptions.defaults().withFilter(filter));
            for (Slice key : keys) {
                builder.add(InternalKey.of(key, 1, ValueKind.VALUE), value);
            }
            builder.finish();
        }
        return SsTable.open(new ChannelSource(path, stats), count -> BlockSlots.none(), filter);
    }

    /** Looks for each of the keys in one level after the other, until it is found. */
    private static void get(List<SsTable> levels, Slice[] keys, boolean present) {
        for (Slice key : keys) {
            boolean found = false;
            for (int i = 0; i < levels.size() && !found; i++) {
                found = levels.get(i).get(key, InternalKey.MAX_SEQUENCE).isPresent();
            }
            if (found != present) {
                throw new AssertionError(key + (present ? " is not found" : " is found, and nobody has put it"));
            }
        }
    }

    private static ResultTable table(List<Outcome> outcomes) {
        ResultTable.Builder table = ResultTable.builder()
                .column("bits are")
                .column("bits a key")
                .column("of the levels")
                .column("tables spared", "%")
                .column("read in vain", "blocks for 1,000 gets")
                .column("0.6185^bits", "blocks for 1,000 gets");
        for (Outcome outcome : outcomes) {
            table.row(
                    outcome.filters.describe(),
                    outcome.average,
                    describe(outcome.bits),
                    outcome.skippedPercent,
                    outcome.inVain,
                    outcome.expected());
        }
        return table.build();
    }

    private static String describe(double[] bits) {
        return Arrays.stream(bits)
                .mapToObj(one -> String.format(Locale.ROOT, "%.1f", one))
                .collect(Collectors.joining(" / "));
    }

    private static Plot plot(List<Outcome> outcomes, String title, Axis y, ToDoubleFunction<Outcome> figure) {
        List<Plot.Series> series = new ArrayList<>();
        for (FilterBits filters : FilterBits.values()) {
            Plot.SeriesBuilder points = Plot.Series.named(filters.describe());
            outcomes.stream()
                    .filter(outcome -> outcome.filters == filters && figure.applyAsDouble(outcome) > 0)
                    .forEach(outcome -> points.add(outcome.average, figure.applyAsDouble(outcome)));
            series.add(points.as(Style.MARKS_AND_LINE));
        }
        return new Plot.Curves(title, Axis.linear("bits a key", "on average"), y, series);
    }

    private static Outcome of(List<Outcome> outcomes, FilterBits filters, int average) {
        return outcomes.stream()
                .filter(outcome -> outcome.filters == filters && outcome.average == average)
                .findFirst()
                .orElseThrow();
    }

    private static String observation(List<Outcome> outcomes) {
        Outcome uniform = of(outcomes, FilterBits.UNIFORM, PREDICTED);
        Outcome monkey = of(outcomes, FilterBits.MONKEY, PREDICTED);
        return "With " + PREDICTED + " bits for every key, 1,000 gets of keys that are not there read "
                + Quantity.number(uniform.inVain) + " blocks instead of 4,000 (" + Quantity.number(uniform.expected())
                + " by the formula), and of all tables that were asked, for keys that are there, too, "
                + Quantity.number(uniform.skippedPercent) + " % were spared. The same memory given out as "
                + describe(monkey.bits) + " bits, most to the smallest level, left " + Quantity.number(monkey.inVain)
                + " blocks (" + Quantity.number(monkey.expected()) + ").";
    }
}
