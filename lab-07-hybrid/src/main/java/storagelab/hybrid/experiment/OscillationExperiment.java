package storagelab.hybrid.experiment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import storagelab.api.Slice;
import storagelab.experiment.Axis;
import storagelab.experiment.Experiment;
import storagelab.experiment.ExperimentContext;
import storagelab.experiment.ExperimentResult;
import storagelab.experiment.Numbers;
import storagelab.experiment.Plot;
import storagelab.experiment.Plot.Style;
import storagelab.experiment.Prediction;
import storagelab.experiment.Quantity;
import storagelab.experiment.ResultTable;
import storagelab.hybrid.toy.Thresholds;

/**
 * A shop has products that are read in the morning, and as many that are read in the evening. Nothing is written. Counted is what the
 * engines write nevertheless: those of the toy for several settings of the threshold for demotions, and those of the hybrid store, whose
 * router believes what has lasted for as many requests.
 */
public final class OscillationExperiment implements Experiment {
    private static final int PRODUCTS = 500; // of the morning, and as many of the evening
    private static final int ROUNDS = 5; // reads of each product in its half of the day
    private static final int READS = 3;
    private static final int DAY = 2 * ROUNDS * PRODUCTS; // requests
    private static final int PREDICTED = 2_000; // of IDLE
    private static final List<Integer> IDLE = List.of(500, 1_000, PREDICTED, 2_500, 3_000, 3_500, 4_000, 8_000);

    /** For the service loader. */
    public OscillationExperiment() {}

    @Override
    public String id() {
        return "7.oscillation";
    }

    @Override
    public String question() {
        return "What does a load that only reads write?";
    }

    @Override
    public Prediction prediction() {
        return new Prediction.Amount(
                "500 products are read in the morning, 5 times each, and 500 others in the evening. Nothing is put. A product is moved to the "
                        + "hot engine with its third read, and back when " + PREDICTED
                        + " requests have come without one. How many bytes do the engines write in twenty days, for each byte of all keys "
                        + "and values in the store?",
                "bytes");
    }

    /** What the days have cost one store with one threshold. */
    private record Cost(String store, int idle, int days, long moves, long bytesWritten) {
        double movesPerKeyAndDay() {
            return (double) moves / (2 * PRODUCTS) / days;
        }

        double bytesPerByte() {
            return (double) bytesWritten / (2 * PRODUCTS * (Shop.product(0).length() + Shop.VALUE_BYTES));
        }
    }

    @Override
    public ExperimentResult run(ExperimentContext context) {
        List<Cost> toy = new ArrayList<>();
        List<Cost> real = new ArrayList<>();
        boolean isRealDone = true;
        for (int idle : IDLE) {
            context.progress("demotion after " + idle, toy.size() / (double) IDLE.size());
            Path directory = context.directory().resolve(String.valueOf(idle));
            toy.add(measure(context, Hybrid.toy(directory.resolve("toy"), new Thresholds(READS, idle)), idle, 1));
            if (isRealDone) {
                Optional<Cost> cost = RealHybrid.ifDone(() -> measure(
                        context,
                        RealHybrid.open(directory.resolve("real"), RealHybrid.Settings.small(idle, context.seed())),
                        idle,
                        0));
                cost.ifPresent(real::add);
                isRealDone = cost.isPresent();
            }
        }
        double answer = of(toy, PREDICTED).bytesPerByte();
        return new ExperimentResult(table(toy, real), plots(toy, real), answer, observation(toy, real));
    }

    /** The toy's first day does not count: its counts and homes are those of a beginning. That of the hybrid store does, since it moves then what it moves. */
    private static Cost measure(ExperimentContext context, Hybrid opened, int idle, int daysBefore) {
        SplittableRandom random = new SplittableRandom(context.seed());
        try (Hybrid hybrid = opened) {
            for (int i = 0; i < 2 * PRODUCTS; i++) {
                hybrid.store().put(Shop.product(i), Shop.value(random));
            }
            hybrid.filled();
            for (int i = 0; i < daysBefore; i++) {
                day(hybrid, random);
            }
            long moves = hybrid.moves();
            long bytes = hybrid.bytesWritten();
            int days = context.pick(20, 4);
            for (int i = 0; i < days; i++) {
                day(hybrid, random);
            }
            return new Cost(hybrid.name(), idle, days, hybrid.moves() - moves, hybrid.bytesWritten() - bytes);
        }
    }

    private static void day(Hybrid hybrid, SplittableRandom random) {
        for (int first = 0; first <= PRODUCTS; first += PRODUCTS) {
            for (int round = 0; round < ROUNDS; round++) {
                for (int product : Numbers.shuffled(PRODUCTS, random)) {
                    Slice key = Shop.product(first + product);
                    if (hybrid.store().get(key).isEmpty()) {
                        throw new AssertionError(key + " was put and is not there");
                    }
                    hybrid.answered();
                }
            }
        }
    }

    private static Cost of(List<Cost> costs, int idle) {
        return costs.stream().filter(cost -> cost.idle == idle).findFirst().orElseThrow();
    }

    private static ResultTable table(List<Cost> toy, List<Cost> real) {
        ResultTable.Builder table = ResultTable.builder()
                .column("store")
                .column("back after, or period", "requests")
                .column("requests")
                .column("moves")
                .column("moves a key and day")
                .column("put", "bytes")
                .column("written", "bytes")
                .column("written for each byte kept", "bytes");
        Stream.concat(toy.stream(), real.stream())
                .forEach(cost -> table.row(
                        cost.store,
                        cost.idle,
                        cost.days * DAY,
                        cost.moves,
                        cost.movesPerKeyAndDay(),
                        0,
                        cost.bytesWritten,
                        cost.bytesPerByte()));
        return table.build();
    }

    private static List<Plot> plots(List<Cost> toy, List<Cost> real) {
        Axis idle = Axis.linear("a key is moved back after, or the router's period", "requests");
        return List.of(
                new Plot.Curves(
                        "Moves of each product in a day of " + DAY + " requests",
                        idle,
                        Axis.linear("moves", "a key and day"),
                        series(toy, real, Cost::movesPerKeyAndDay)),
                new Plot.Curves(
                        "What the engines write though nothing is put",
                        idle,
                        Axis.linear("bytes written", "for each byte kept"),
                        series(toy, real, Cost::bytesPerByte)));
    }

    private static List<Plot.Series> series(List<Cost> toy, List<Cost> real, ToDoubleFunction<Cost> value) {
        List<Plot.Series> series = new ArrayList<>();
        for (List<Cost> costs : List.of(toy, real)) {
            if (!costs.isEmpty()) {
                Plot.SeriesBuilder points = Plot.Series.named(costs.get(0).store);
                costs.forEach(cost -> points.add(cost.idle, value.applyAsDouble(cost)));
                series.add(points.as(Style.MARKS_AND_LINE));
            }
        }
        return series;
    }

    private static String observation(List<Cost> toy, List<Cost> real) {
        Cost small = of(toy, PREDICTED);
        Cost large = toy.get(toy.size() - 1);
        return "Nothing was put in " + Quantity.number(small.days) + " days. With demotions after " + PREDICTED
                + " requests without a read, each product was moved " + Quantity.number(small.movesPerKeyAndDay())
                + " times a day, and the engines wrote " + Quantity.number(small.bytesPerByte())
                + " bytes for each byte of the store. With demotions after " + Quantity.number(large.idle)
                + " they wrote " + Quantity.number(large.bytesPerByte())
                + ", since no product goes without a read for as long as that. The threshold that is right depends on how long the day is, which the "
                + "store does not know." + (real.isEmpty() ? RealHybrid.NOT_DONE : observation(real));
    }

    private static String observation(List<Cost> real) {
        Cost most =
                real.stream().max(Comparator.comparingLong(Cost::bytesWritten)).orElseThrow();
        return " The hybrid store made at most " + Quantity.number((double) most.moves) + " moves of its "
                + Quantity.number(2 * PRODUCTS) + " products in " + Quantity.number(most.days)
                + " days, the first one included, and its engines wrote at most " + Quantity.number(most.bytesPerByte())
                + " bytes for each byte. A product that is not read costs nothing on either engine, and so it stays where it is.";
    }
}
