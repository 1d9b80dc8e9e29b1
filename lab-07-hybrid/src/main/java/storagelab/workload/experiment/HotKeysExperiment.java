package storagelab.workload.experiment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import storagelab.api.Slice;
import storagelab.cache.Traces;
import storagelab.experiment.Axis;
import storagelab.experiment.Experiment;
import storagelab.experiment.ExperimentContext;
import storagelab.experiment.ExperimentResult;
import storagelab.experiment.Plot;
import storagelab.experiment.Plot.Style;
import storagelab.experiment.Prediction;
import storagelab.experiment.Quantity;
import storagelab.experiment.ResultTable;
import storagelab.workload.CountMinSketch;
import storagelab.workload.toy.CounterPerKey;

/**
 * A shop changes the stock counts of its products, some of them much more often than others, and takes orders, each of which is
 * written once. A counter for each key, and sketches of several sizes, say which keys are hot.
 */
public final class HotKeysExperiment implements Experiment {
    private static final int PRODUCTS = 10_000;
    private static final int HOT = 100;
    private static final int DOUBLINGS = 6; // from the first look to the last one
    private static final int ORDERS_ASKED = 10_000;
    private static final double DELTA = 0.02;
    private static final double PREDICTED = 0.001; // of EPSILONS
    private static final List<Double> EPSILONS = List.of(0.01, PREDICTED, 0.0001);

    /** For the service loader. */
    public HotKeysExperiment() {}

    @Override
    public String id() {
        return "7.hot-keys";
    }

    @Override
    public String question() {
        return "What does it cost to know which keys are hot?";
    }

    @Override
    public Prediction prediction() {
        return new Prediction.Amount(
                "Of a million requests, every second one changes the stock count of one of 10,000 products, and every second one "
                        + "writes a new order. A sketch estimates each key's requests, wrong by more than a thousandth of all requests "
                        + "for at most two of a hundred keys. How many times as much memory does a counter for each key take?",
                "times as much");
    }

    /** What was known after some requests. */
    private record Known(int requests, int keys, double epsilon, long bytes, double hotError, int falselyHot) {
        boolean isExact() {
            return epsilon == 0;
        }

        String by() {
            return isExact() ? "a counter for each key" : name(epsilon);
        }
    }

    private static String name(double epsilon) {
        return "a sketch, ε = " + Quantity.number(100 * epsilon) + " %";
    }

    @Override
    public ExperimentResult run(ExperimentContext context) {
        SplittableRandom random = new SplittableRandom(context.seed());
        CounterPerKey exact = new CounterPerKey();
        List<CountMinSketch> sketches = EPSILONS.stream()
                .map(epsilon -> new CountMinSketch(epsilon, DELTA, context.seed()))
                .toList();
        List<Known> known = new ArrayList<>();
        int last = 1 << context.pick(20, 17);
        int[] products = Traces.zipf(PRODUCTS, last / 2, random);
        int look = last >> DOUBLINGS;
        for (int i = 0; i < last; i++) {
            Slice key = i % 2 == 0 ? product(products[i / 2]) : order(i / 2);
            exact.add(key);
            sketches.forEach(sketch -> sketch.add(key, 1));
            if (i + 1 == look) {
                context.progress("counting", (double) look / last);
                known.addAll(known(exact, sketches, look));
                look *= 2;
            }
        }
        Known all = find(known, 0);
        double times = (double) all.bytes / find(known, PREDICTED).bytes;
        return new ExperimentResult(table(known), plots(known), times, observation(known, times));
    }

    private static Slice product(int number) {
        return Slice.utf8("product/" + number);
    }

    private static Slice order(int number) {
        return Slice.utf8("order/" + number);
    }

    private static List<Known> known(CounterPerKey exact, List<CountMinSketch> sketches, int requests) {
        List<Slice> hot = IntStream.range(0, PRODUCTS)
                .mapToObj(HotKeysExperiment::product)
                .sorted(Comparator.comparingLong(exact::count).reversed())
                .limit(HOT)
                .toList();
        long coldest = exact.count(hot.get(HOT - 1));
        List<Known> known = new ArrayList<>();
        known.add(new Known(requests, exact.keys(), 0, exact.sizeBytes(), 0, 0));
        for (int i = 0; i < sketches.size(); i++) {
            CountMinSketch sketch = sketches.get(i);
            double error = hot.stream()
                    .mapToDouble(key -> sketch.estimate(key) / exact.count(key) - 1)
                    .average()
                    .orElseThrow();
            int orders = Math.min(ORDERS_ASKED, requests / 2);
            long falselyHot = IntStream.range(0, orders)
                    .filter(order -> sketch.estimate(order(order)) >= coldest)
                    .count();
            long bytes = (long) Double.BYTES * sketch.width() * sketch.depth();
            known.add(new Known(
                    requests, exact.keys(), EPSILONS.get(i), bytes, error, (int) (falselyHot * ORDERS_ASKED / orders)));
        }
        return known;
    }

    private static Known find(List<Known> known, double epsilon) {
        return known.stream()
                .filter(one -> one.epsilon == epsilon)
                .reduce((one, later) -> later)
                .orElseThrow();
    }

    private static ResultTable table(List<Known> known) {
        ResultTable.Builder table = ResultTable.builder()
                .column("requests")
                .column("keys")
                .column("counted by")
                .column("memory", "bytes")
                .column("hottest keys, too much by", "%")
                .column("of 10,000 orders, called hot");
        for (Known one : known) {
            table.row(one.requests, one.keys, one.by(), one.bytes, 100 * one.hotError, one.falselyHot);
        }
        return table.build();
    }

    private static List<Plot> plots(List<Known> known) {
        List<Plot.Series> memory = new ArrayList<>();
        List<Plot.Series> errors = new ArrayList<>();
        List<Double> counted = new ArrayList<>(List.of(0.0));
        counted.addAll(EPSILONS);
        for (double epsilon : counted) {
            Plot.SeriesBuilder bytes = Plot.Series.named(epsilon == 0 ? "a counter for each key" : name(epsilon));
            Plot.SeriesBuilder error = Plot.Series.named(name(epsilon));
            known.stream().filter(one -> one.epsilon == epsilon).forEach(one -> {
                bytes.add(one.requests, (double) one.bytes);
                error.add(one.requests, Math.max(0.01, 100 * one.hotError));
            });
            memory.add(bytes.as(Style.MARKS_AND_LINE));
            if (epsilon > 0) {
                errors.add(error.as(Style.MARKS_AND_LINE));
            }
        }
        return List.of(
                new Plot.Curves(
                        "Memory to know the requests of each key",
                        Axis.logarithmic("requests", ""),
                        Axis.logarithmic("memory", "bytes"),
                        memory),
                new Plot.Curves(
                        "The hundred hottest keys are estimated too high by",
                        Axis.logarithmic("requests", ""),
                        Axis.logarithmic("on average", "%"),
                        errors));
    }

    private static String observation(List<Known> known, double times) {
        Known all = find(known, 0);
        Known small = find(known, EPSILONS.get(0));
        Known usual = find(known, PREDICTED);
        return "After " + Quantity.number(all.requests) + " requests for " + Quantity.number(all.keys)
                + " keys, a counter for each takes " + Quantity.number((double) all.bytes) + " bytes, "
                + Quantity.number(times) + " times as much as a sketch with an ε of "
                + Quantity.number(100 * PREDICTED) + " %, and it takes more with every order. The sketch estimates the "
                + "hundred hottest keys too high by " + Quantity.number(100 * usual.hotError)
                + " % on average, and takes " + Quantity.number(usual.falselyHot)
                + " of 10,000 orders for one of them. With an ε of " + Quantity.number(100 * EPSILONS.get(0))
                + " % that is " + Quantity.number(small.falselyHot)
                + " orders: the error is a part of all requests, and a key with fewer is not told from noise.";
    }
}
