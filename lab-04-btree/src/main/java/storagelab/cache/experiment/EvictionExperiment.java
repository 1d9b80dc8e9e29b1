package storagelab.cache.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import storagelab.cache.BeladyOptimum;
import storagelab.cache.CacheSimulator;
import storagelab.cache.PolicyKind;
import storagelab.cache.Traces;
import storagelab.cache.toy.FifoPolicy;
import storagelab.experiment.Axis;
import storagelab.experiment.Experiment;
import storagelab.experiment.ExperimentContext;
import storagelab.experiment.ExperimentResult;
import storagelab.experiment.Plot;
import storagelab.experiment.Prediction;
import storagelab.experiment.Quantity;
import storagelab.experiment.ResultTable;

/** Five eviction policies and the best that hindsight can do, on four traces, over the size of the memory. */
public final class EvictionExperiment implements Experiment {
    /** Sizes of the memory, in percent of the one that the traces are made for. */
    private static final List<Integer> SIZES = List.of(25, 50, 75, 90, 100, 110, 125, 150);

    private static final int MADE_FOR = 100;

    /** Who plays: a name, and how many hits it has. */
    private record Player(String name, Hits hits) {}

    @FunctionalInterface
    private interface Hits {
        int of(int[] trace, int slots);
    }

    private static final List<Player> PLAYERS = List.of(
            new Player("FIFO", (trace, slots) -> CacheSimulator.hits(new FifoPolicy(), slots, trace)),
            new Player("LRU", (trace, slots) -> hits(PolicyKind.LRU, trace, slots)),
            new Player("LFU", (trace, slots) -> hits(PolicyKind.LFU, trace, slots)),
            new Player("clock", (trace, slots) -> hits(PolicyKind.CLOCK, trace, slots)),
            new Player("2Q", (trace, slots) -> hits(PolicyKind.TWO_QUEUE, trace, slots)),
            new Player("optimum", BeladyOptimum::hits));

    /** The index of LRU among them. */
    private static final int LRU = 1;

    private record Load(String name, int[] trace) {}

    /** The share of hits of every player on one trace, with a memory of one size. */
    private record Outcome(String load, int percentOfSize, int slots, List<Double> percents) {}

    /** For the service loader. */
    public EvictionExperiment() {}

    @Override
    public String id() {
        return "4.eviction";
    }

    @Override
    public String question() {
        return "Which page should go? Policies that do not know the future, beside the one that does.";
    }

    @Override
    public Prediction prediction() {
        return new Prediction.Amount(
                "A memory has room for 1,000 pages. Every second page that is wanted is one of 600 that everybody uses; the"
                        + " pages between belong to a scan of 5,000 that begins again whenever it is through. What share of"
                        + " all pages does a memory have that drops the least recently used one?",
                "percent");
    }

    @Override
    public ExperimentResult run(ExperimentContext context) {
        int slots = context.pick(1_000, 200);
        List<Load> loads = loads(slots, slots * 400, context.seed());
        List<Outcome> outcomes = new ArrayList<>();
        for (Load load : loads) {
            for (int size : SIZES) {
                context.progress(load.name, outcomes.size() / (double) (loads.size() * SIZES.size()));
                outcomes.add(play(load, size, slots * size / MADE_FOR));
            }
        }
        List<Outcome> atSize = outcomes.stream()
                .filter(outcome -> outcome.percentOfSize == MADE_FOR)
                .toList();
        Load scan = loads.get(2);
        double answer = atSize.get(2).percents.get(LRU);
        return new ExperimentResult(
                table(outcomes), List.of(bars(atSize), curves(scan.name, outcomes)), answer, observation(atSize));
    }

    /** The four traces, made for a memory of {@code slots} slots. */
    private static List<Load> loads(int slots, int length, long seed) {
        int hot = slots * 6 / 10;
        return List.of(
                new Load("Zipf", Traces.zipf(10 * slots, length, new Random(seed))),
                new Load("loop", Traces.loop(slots + 1, length)),
                new Load("scan and hot set", Traces.scanWithHotSet(hot, 5 * slots, length, new Random(seed))),
                new Load("shifting hot set", Traces.shiftingHotSet(hot, length, new Random(seed))));
    }

    private static int hits(PolicyKind kind, int[] trace, int slots) {
        return CacheSimulator.hits(kind.create(slots), slots, trace);
    }

    private static Outcome play(Load load, int size, int slots) {
        List<Double> percents = PLAYERS.stream()
                .map(player -> 100.0 * player.hits.of(load.trace, slots) / load.trace.length)
                .toList();
        return new Outcome(load.name, size, slots, percents);
    }

    private static ResultTable table(List<Outcome> outcomes) {
        ResultTable.Builder table = ResultTable.builder().column("trace").column("slots");
        PLAYERS.forEach(player -> table.column(player.name, "% hits"));
        for (Outcome outcome : outcomes) {
            List<Object> cells = new ArrayList<>(List.of(outcome.load, outcome.slots));
            cells.addAll(outcome.percents);
            table.row(cells.toArray());
        }
        return table.build();
    }

    private static Plot bars(List<Outcome> atSize) {
        List<Plot.Group> groups = IntStream.range(0, PLAYERS.size())
                .mapToObj(player -> new Plot.Group(
                        PLAYERS.get(player).name,
                        atSize.stream()
                                .map(outcome -> Math.rint(outcome.percents.get(player)))
                                .toList()))
                .toList();
        return new Plot.Bars(
                "Hits with a memory of " + Quantity.number(atSize.get(0).slots) + " pages",
                atSize.stream().map(Outcome::load).toList(),
                Axis.linear("hits", "%"),
                groups);
    }

    private static Plot curves(String load, List<Outcome> outcomes) {
        List<Plot.Series> series = new ArrayList<>();
        for (int player = 0; player < PLAYERS.size(); player++) {
            Plot.SeriesBuilder points = Plot.Series.named(PLAYERS.get(player).name);
            for (Outcome outcome : outcomes) {
                if (outcome.load.equals(load)) {
                    points.add(outcome.slots, outcome.percents.get(player));
                }
            }
            boolean isBound = player == PLAYERS.size() - 1;
            series.add(points.as(isBound ? Plot.Style.DASHED_LINE : Plot.Style.MARKS_AND_LINE));
        }
        return new Plot.Curves(
                "Lookups beside a scan, by the size of the memory",
                Axis.linear("pages that fit the memory", ""),
                Axis.linear("hits", "%"),
                series);
    }

    private static String observation(List<Outcome> atSize) {
        return atSize.stream()
                .map(outcome -> outcome.load + ": "
                        + IntStream.range(0, PLAYERS.size())
                                .mapToObj(player -> String.format(
                                        Locale.ROOT, "%s %.0f", PLAYERS.get(player).name, outcome.percents.get(player)))
                                .collect(Collectors.joining(", ")))
                .collect(Collectors.joining(
                        "; ",
                        "Hits in percent with " + Quantity.number(atSize.get(0).slots) + " slots, ",
                        ". No policy is the best on all of them, and hindsight is better than each."));
    }
}
