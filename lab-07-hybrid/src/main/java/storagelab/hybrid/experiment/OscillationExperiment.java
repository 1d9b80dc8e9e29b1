package storagelab.hybrid.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
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
 * engines write nevertheless, for several settings of the threshold for demotions.
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

    /** What the days have cost with one threshold. */
    private record Cost(int idle, int days, long moves, long bytesWritten) {
        double movesPerKeyAndDay() {
            return (double) moves / (2 * PRODUCTS) / days;
        }

        double bytesPerByte() {
            return (double) bytesWritten / (2 * PRODUCTS * (Shop.product(0).length() + Shop.VALUE_BYTES));
        }
    }

    @Override
    public ExperimentResult run(ExperimentContext context) {
        List<Cost> costs = new ArrayList<>();
        String name = "";
        for (int idle : IDLE) {
            context.progress("demotion after " + idle, costs.size() / (double) IDLE.size());
            try (Hybrid hybrid =
                    Hybrid.toy(context.directory().resolve(String.valueOf(idle)), new Thresholds(READS, idle))) {
                name = hybrid.name();
                costs.add(measure(context, hybrid, idle));
            }
        }
        double answer = of(costs, PREDICTED).bytesPerByte();
        return new ExperimentResult(table(name, costs), plots(name, costs), answer, observation(costs));
    }

    private static Cost measure(ExperimentContext context, Hybrid hybrid, int idle) {
        SplittableRandom random = new SplittableRandom(context.seed());
        for (int i = 0; i < 2 * PRODUCTS; i++) {
            hybrid.store().put(Shop.product(i), Shop.value(random));
        }
        day(hybrid, random); // counts and homes of the first day are those of a beginning
        long moves = hybrid.moves();
        long bytes = hybrid.bytesWritten();
        int days = context.pick(20, 4);
        for (int i = 0; i < days; i++) {
            day(hybrid, random);
        }
        return new Cost(idle, days, hybrid.moves() - moves, hybrid.bytesWritten() - bytes);
    }

    private static void day(Hybrid hybrid, SplittableRandom random) {
        for (int first = 0; first <= PRODUCTS; first += PRODUCTS) {
            for (int round = 0; round < ROUNDS; round++) {
                for (int product : Numbers.shuffled(PRODUCTS, random)) {
                    Slice key = Shop.product(first + product);
                    if (hybrid.store().get(key).isEmpty()) {
                        throw new AssertionError(key + " was put and is not there");
                    }
                }
            }
        }
    }

    private static Cost of(List<Cost> costs, int idle) {
        return costs.stream().filter(cost -> cost.idle == idle).findFirst().orElseThrow();
    }

    private static ResultTable table(String name, List<Cost> costs) {
        ResultTable.Builder table = ResultTable.builder()
                .column("store")
                .column("back after", "requests")
                .column("requests")
                .column("moves")
                .column("moves a key and day")
                .column("put", "bytes")
                .column("written", "bytes")
                .column("written for each byte kept", "bytes");
        costs.forEach(cost -> table.row(
                name,
                cost.idle,
                cost.days * DAY,
                cost.moves,
                cost.movesPerKeyAndDay(),
                0,
                cost.bytesWritten,
                cost.bytesPerByte()));
        return table.build();
    }

    private static List<Plot> plots(String name, List<Cost> costs) {
        Plot.SeriesBuilder moves = Plot.Series.named(name);
        Plot.SeriesBuilder bytes = Plot.Series.named(name);
        for (Cost cost : costs) {
            moves.add(cost.idle, cost.movesPerKeyAndDay());
            bytes.add(cost.idle, cost.bytesPerByte());
        }
        Axis idle = Axis.linear("a key is moved back after", "requests without a read");
        return List.of(
                new Plot.Curves(
                        "Moves of each product in a day of " + DAY + " requests",
                        idle,
                        Axis.linear("moves", "a key and day"),
                        List.of(moves.as(Style.MARKS_AND_LINE))),
                new Plot.Curves(
                        "What the engines write though nothing is put",
                        idle,
                        Axis.linear("bytes written", "for each byte kept"),
                        List.of(bytes.as(Style.MARKS_AND_LINE))));
    }

    private static String observation(List<Cost> costs) {
        Cost small = of(costs, PREDICTED);
        Cost large = costs.get(costs.size() - 1);
        return "Nothing was put in " + Quantity.number(small.days) + " days. With demotions after " + PREDICTED
                + " requests without a read, each product was moved " + Quantity.number(small.movesPerKeyAndDay())
                + " times a day, and the engines wrote " + Quantity.number(small.bytesPerByte())
                + " bytes for each byte of the store. With demotions after " + Quantity.number(large.idle)
                + " they wrote " + Quantity.number(large.bytesPerByte())
                + ", since no product goes without a read for as long as that. The threshold that is right depends on how long the day is, which the "
                + "store does not know.";
    }
}
