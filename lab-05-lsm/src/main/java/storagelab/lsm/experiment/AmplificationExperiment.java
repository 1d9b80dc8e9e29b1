package storagelab.lsm.experiment;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;
import storagelab.api.MaintenanceKind;
import storagelab.api.Slice;
import storagelab.api.StoreStats;
import storagelab.compaction.CompactionPicker;
import storagelab.compaction.LazyLeveledPicker;
import storagelab.compaction.LeveledPicker;
import storagelab.compaction.TimeWindowPicker;
import storagelab.experiment.Axis;
import storagelab.experiment.Experiment;
import storagelab.experiment.ExperimentContext;
import storagelab.experiment.ExperimentResult;
import storagelab.experiment.Numbers;
import storagelab.experiment.Plot;
import storagelab.experiment.Prediction;
import storagelab.experiment.Quantity;
import storagelab.experiment.ResultTable;
import storagelab.lsm.Amplification;
import storagelab.lsm.FileAccess;
import storagelab.lsm.LsmOptions;
import storagelab.lsm.LsmStore;

/**
 * The same orders in four shapes of tree: levels, tiers, lazy levels, and windows of time. What is written for each byte put
 * in, what is read for each get, and what room do the tables take? Each order is put once, and then orders at random change,
 * until there were four versions of each on average. What a get reads, and the room, go up and down as merges come by: they
 * are looked at again and again in the second half, and the mean counts.
 *
 * <p>There are no filters and no cache, so that a get reads a block of each run that it looks at. The writer flushes and merges
 * himself, and the clock is a counter: the figures do not depend on the machine.
 */
public final class AmplificationExperiment implements Experiment {
    private static final int FACTOR = 4;
    private static final int VERSIONS = 4; // of each order, on average
    private static final int WINDOWS = 8;
    private static final int SAMPLES = 25;

    /** For the service loader. */
    public AmplificationExperiment() {}

    @Override
    public String id() {
        return "5.amplification";
    }

    @Override
    public String question() {
        return "What do levels, tiers, lazy levels and windows of time pay: writing, reading or room?";
    }

    @Override
    public Prediction prediction() {
        return new Prediction.Amount(
                "A store keeps levels, each a single run and four times as large as the one above it. Orders come, and "
                        + "change at random, three times each on average. How many bytes are written, log and flushes and "
                        + "merges together, for each byte put in?",
                "bytes");
    }

    private enum Shape {
        LEVELED("levels"),
        TIERED("tiers"),
        LAZY("lazy levels"),
        WINDOWS("windows of time");

        private final String words;

        Shape(String words) {
            this.words = words;
        }

        CompactionPicker picker(long flushBytes, int puts) {
            return switch (this) {
                case LEVELED -> new LeveledPicker(FACTOR, FACTOR * flushBytes, FACTOR);
                case TIERED -> LazyLeveledPicker.tiering(FACTOR);
                case LAZY -> new LazyLeveledPicker(FACTOR, 1);
                case WINDOWS -> new TimeWindowPicker(puts / AmplificationExperiment.WINDOWS, FACTOR);
            };
        }
    }

    /** What a shape costs. */
    private record Cost(Shape shape, double runs, double write, double read, double space) {}

    /** Sums of what was seen at several moments. */
    private static final class Samples {
        private int count;
        private double runs;
        private double read;
        private double space;

        void add(LsmStore store, Slice[] keys, int blockBytes) {
            count++;
            runs += store.version().runs().size();
            StoreStats before = store.stats();
            for (Slice key : keys) {
                if (store.get(key).isEmpty()) {
                    throw new AssertionError(key + " was put and is not there");
                }
            }
            read += Amplification.between(before, store.stats(), 0).read() / blockBytes;
            space += store.amplificationSince(before).space();
        }

        Cost cost(Shape shape, double write) {
            return new Cost(shape, runs / count, write, read / count, space / count);
        }
    }

    @Override
    public ExperimentResult run(ExperimentContext context) throws IOException {
        List<Cost> costs = new ArrayList<>();
        for (Shape shape : Shape.values()) {
            context.progress(shape.words, costs.size() / (double) Shape.values().length);
            costs.add(measure(context, shape));
        }
        return new ExperimentResult(table(costs), List.of(bars(costs)), costs.get(0).write, observation(costs));
    }

    private static Cost measure(ExperimentContext context, Shape shape) {
        int puts = context.pick(120_000, 12_000);
        int memtableBytes = context.pick(256 << 10, 32 << 10);
        SplittableRandom random = new SplittableRandom(context.seed());
        AtomicLong millis = new AtomicLong(1); // a put takes one
        LsmOptions options = LsmOptions.defaults()
                .withMaintenance(MaintenanceKind.FOREGROUND)
                .withoutStalls()
                .withFileAccess(FileAccess.CHANNEL)
                .withCacheBytes(0)
                .withMemtableBytes(memtableBytes)
                .withTableBytes(memtableBytes)
                .withTable(LsmOptions.defaults().table().withFilter(null))
                .withClock(() -> Instant.ofEpochMilli(millis.get()))
                .withPicker(shape.picker(memtableBytes, puts));
        int orders = puts / VERSIONS;
        int[] numbers = Numbers.shuffled(orders, random);
        Slice[] asked = random.ints(context.pick(400, 100), 0, orders)
                .mapToObj(Orders::secretKey)
                .toArray(Slice[]::new);
        Samples samples = new Samples();
        try (LsmStore store = LsmStore.open(context.directory().resolve(shape.name()), options)) {
            StoreStats empty = store.stats();
            for (int i = 0; i < puts; i++) {
                int order = i < orders ? numbers[i] : random.nextInt(orders);
                store.put(Orders.secretKey(order), Orders.value(random));
                millis.incrementAndGet();
                if (i >= puts / 2 && i % (puts / 2 / SAMPLES) == 0) {
                    samples.add(store, asked, options.table().blockBytes());
                }
            }
            return samples.cost(
                    shape, Amplification.between(empty, store.stats(), 0).write());
        }
    }

    private static ResultTable table(List<Cost> costs) {
        ResultTable.Builder table = ResultTable.builder()
                .column("shape")
                .column("written a byte", "bytes")
                .column("read a get", "blocks")
                .column("kept a byte", "bytes")
                .column("runs");
        costs.forEach(cost -> table.row(cost.shape.words, cost.write, cost.read, cost.space, cost.runs));
        return table.build();
    }

    private static Plot bars(List<Cost> costs) {
        return new Plot.Bars(
                "What each shape pays",
                costs.stream().map(cost -> cost.shape.words).toList(),
                Axis.linear("paid", "bytes or blocks"),
                List.of(
                        group("bytes written a byte", costs, Cost::write),
                        group("blocks read a get", costs, Cost::read),
                        group("bytes kept a byte", costs, Cost::space)));
    }

    /** Heights with two decimals, since each is written above its bar. */
    private static Plot.Group group(String name, List<Cost> costs, ToDoubleFunction<Cost> figure) {
        return new Plot.Group(
                name,
                costs.stream()
                        .map(cost -> Math.round(100 * figure.applyAsDouble(cost)) / 100.0)
                        .toList());
    }

    private static String observation(List<Cost> costs) {
        List<String> words = costs.stream()
                .map(cost -> cost.shape.words + " wrote " + Quantity.number(cost.write) + " bytes for each byte, read "
                        + Quantity.number(cost.read) + " blocks a get and kept " + Quantity.number(cost.space)
                        + " bytes for each that can be read")
                .toList();
        return "The same orders: " + String.join("; ", words) + ". No shape is best at all three.";
    }
}
