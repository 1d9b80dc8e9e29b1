package storagelab.hybrid.experiment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
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
import storagelab.hybrid.toy.Thresholds;

/**
 * A shop takes orders. Each is put, and read three times: when it is made, when it is delivered, and when the books are closed. Then it is never read again. A hundred products are read and
 * changed all the time. Counted are the memory for what a store knows about its load, and the bytes in the files of its engines, while there are ever more orders.
 */
public final class WarmKeysExperiment implements Experiment {
    private static final int PRODUCTS = 100;
    private static final int READS = 3;
    private static final int DELIVERED = 1_000; // orders later
    private static final int CLOSED = 10_000; // orders later
    private static final int IDLE = 40_000; // requests, as in the flash sale
    private static final int LONG_IDLE = 1_000_000; // more than this load has
    private static final long MEMORY_BYTES = 256 << 10; // which the orders soon do not fit into
    private static final long RANGE_BYTES_MAX = 4 << 20;
    private static final int LOOKS = 5;
    private static final long ORDER_KEYS = 10_000_000_000L;
    private static final long SCATTER =
            6_180_339_887L; // has no divisor in common with it, so that no two orders have the same key
    private static final double KILO = 1e3;
    private static final double MEGA = 1e6;
    private static final int ENTRY_BYTES = Shop.product(0).length() + Shop.VALUE_BYTES;

    /** For the service loader. */
    public WarmKeysExperiment() {}

    @Override
    public String id() {
        return "7.warm-keys";
    }

    @Override
    public String question() {
        return "What does it cost to remember each key that was read a little?";
    }

    @Override
    public Prediction prediction() {
        return new Prediction.Amount(
                "An order has 116 bytes of key and value. It is put, read three times, and never read again. The toy has a counter for each key, moves a key to the "
                        + "hot engine with its third read, and back when a million requests have come without one. When there are 64,000 orders, how many bytes of "
                        + "memory does the toy take for each of them, engines aside?",
                "bytes");
    }

    /** What a store takes when there are so many orders. */
    private record Look(String store, int orders, long moves, long memory, long btree, long lsm, long written) {
        double memoryAnOrder() {
            return (double) memory / orders;
        }

        double filesForByte() {
            return (double) (btree + lsm) / ((long) (orders + PRODUCTS) * ENTRY_BYTES);
        }

        double writtenForByte() {
            return (double) written / ((long) (PRODUCTS + 2 * orders) * ENTRY_BYTES); // with each order a price is put
        }
    }

    /** Sizes, which are smaller by the same factor in a quick run. */
    private record Sizes(int divisor) {
        int orders() {
            return 64_000 / divisor;
        }

        int of(int full) {
            return full / divisor;
        }
    }

    @Override
    public ExperimentResult run(ExperimentContext context) {
        Sizes sizes = new Sizes(context.pick(1, 4));
        Path directory = context.directory();
        List<List<Look>> all = new ArrayList<>();
        for (int idle : List.of(LONG_IDLE, IDLE)) {
            Thresholds thresholds = new Thresholds(READS, sizes.of(idle));
            String name = "the toy, back after " + Quantity.number(idle);
            all.add(looks(context, sizes, name, Hybrid.toy(directory.resolve("toy" + idle), thresholds)));
        }
        Optional<List<Look>> real = RealHybrid.ifDone(() -> {
            RealHybrid hybrid = RealHybrid.open(
                    directory.resolve("real"),
                    new RealHybrid.Settings(IDLE, MEMORY_BYTES, RANGE_BYTES_MAX, context.seed()));
            return looks(context, sizes, hybrid.name(), hybrid);
        });
        real.ifPresent(all::add);
        double answer = last(all.get(0)).memoryAnOrder();
        return new ExperimentResult(table(all), plots(all), answer, observation(all, real));
    }

    private static List<Look> looks(ExperimentContext context, Sizes sizes, String name, Hybrid opened) {
        SplittableRandom random = new SplittableRandom(context.seed());
        List<Look> looks = new ArrayList<>();
        try (Hybrid hybrid = opened) {
            for (int i = 0; i < PRODUCTS; i++) {
                hybrid.store().put(Shop.product(i), Shop.value(random));
            }
            int next = sizes.orders() >> (LOOKS - 1);
            for (int order = 0; order < sizes.orders(); order++) {
                put(hybrid, order(order), random);
                read(hybrid, order(order));
                readEarlier(hybrid, order - sizes.of(DELIVERED));
                readEarlier(hybrid, order - sizes.of(CLOSED));
                read(hybrid, Shop.product(random.nextInt(PRODUCTS)));
                put(hybrid, Shop.product(random.nextInt(PRODUCTS)), random);
                if (order + 1 == next) {
                    context.progress(name, (double) next / sizes.orders());
                    looks.add(look(hybrid, name, next));
                    next *= 2;
                }
            }
        }
        return looks;
    }

    /** Orders come in no order of their keys. */
    private static Slice order(long number) {
        return Shop.order(number * SCATTER % ORDER_KEYS);
    }

    private static void put(Hybrid hybrid, Slice key, SplittableRandom random) {
        hybrid.store().put(key, Shop.value(random));
        hybrid.answered();
    }

    private static void readEarlier(Hybrid hybrid, int order) {
        if (order >= 0) {
            read(hybrid, order(order));
        }
    }

    private static void read(Hybrid hybrid, Slice key) {
        if (hybrid.store().get(key).isEmpty()) {
            throw new AssertionError(key + " was put and is not there");
        }
        hybrid.answered();
    }

    private static Look look(Hybrid hybrid, String name, int orders) {
        return new Look(
                name,
                orders,
                hybrid.moves(),
                hybrid.bookkeepingBytes(),
                hybrid.btreeBytes(),
                hybrid.lsmBytes(),
                hybrid.bytesWritten());
    }

    private static Look last(List<Look> looks) {
        return looks.get(looks.size() - 1);
    }

    private static ResultTable table(List<List<Look>> all) {
        ResultTable.Builder table = ResultTable.builder()
                .column("store")
                .column("orders")
                .column("moves")
                .column("memory", "bytes")
                .column("memory an order", "bytes")
                .column("B+tree", "bytes")
                .column("LSM tree", "bytes")
                .column("files for each byte kept", "bytes")
                .column("written for each byte put", "bytes");
        for (List<Look> looks : all) {
            looks.forEach(look -> table.row(
                    look.store,
                    look.orders,
                    look.moves,
                    look.memory,
                    look.memoryAnOrder(),
                    look.btree,
                    look.lsm,
                    look.filesForByte(),
                    look.writtenForByte()));
        }
        return table.build();
    }

    private static List<Plot> plots(List<List<Look>> all) {
        Axis orders = Axis.logarithmic("orders", "");
        return List.of(
                new Plot.Curves(
                        "Memory for what is known about the load",
                        orders,
                        Axis.logarithmic("memory", "bytes"),
                        series(all, look -> look.memory)),
                new Plot.Curves(
                        "Files of both engines",
                        orders,
                        Axis.linear("files", "bytes for each byte kept"),
                        series(all, Look::filesForByte)),
                new Plot.Curves(
                        "Files of the hot engine, the B+tree",
                        orders,
                        Axis.linear("files", "MB"),
                        series(all, look -> look.btree / MEGA)));
    }

    private static List<Plot.Series> series(List<List<Look>> all, ToDoubleFunction<Look> value) {
        List<Plot.Series> series = new ArrayList<>();
        for (List<Look> looks : all) {
            Plot.SeriesBuilder points = Plot.Series.named(looks.get(0).store);
            looks.forEach(look -> points.add(look.orders, value.applyAsDouble(look)));
            series.add(points.as(Style.MARKS_AND_LINE));
        }
        return series;
    }

    private static String observation(List<List<Look>> all, Optional<List<Look>> real) {
        Look lazy = last(all.get(0));
        Look eager = last(all.get(1));
        return "With " + Quantity.number(lazy.orders) + " orders that are not read again, the toy takes "
                + Quantity.number(lazy.memoryAnOrder()) + " bytes of memory for each of them, and "
                + Quantity.number(lazy.btree / MEGA) + " MB of the hot engine. If keys go back after "
                + Quantity.number(IDLE) + " requests, these are "
                + Quantity.number(eager.memoryAnOrder()) + " bytes and " + Quantity.number(eager.btree / MEGA)
                + " MB: the counters stay, and each order is moved twice, so that "
                + Quantity.number(eager.writtenForByte()) + " bytes are written for each byte that is put."
                + real.map(WarmKeysExperiment::observation).orElse(RealHybrid.NOT_DONE);
    }

    private static String observation(List<Look> real) {
        Look look = last(real);
        return " The hybrid store takes " + Quantity.number(real.get(0).memory / KILO) + " KB of memory with "
                + Quantity.number(real.get(0).orders) + " orders and " + Quantity.number(look.memory / KILO)
                + " KB with " + Quantity.number(look.orders) + ", has " + Quantity.number(look.btree / KILO)
                + " KB in the B+tree after " + Quantity.number((double) look.moves) + " moves, and writes "
                + Quantity.number(look.writtenForByte()) + " bytes for each byte, its log included.";
    }
}
