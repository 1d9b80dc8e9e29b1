package storagelab.writeback.experiment;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import storagelab.cache.BeladyOptimum;
import storagelab.cache.CacheSimulator;
import storagelab.cache.PolicyKind;
import storagelab.cache.Traces;
import storagelab.experiment.Axis;
import storagelab.experiment.Experiment;
import storagelab.experiment.ExperimentContext;
import storagelab.experiment.ExperimentResult;
import storagelab.experiment.Plot;
import storagelab.experiment.Prediction;
import storagelab.experiment.Quantity;
import storagelab.experiment.ResultTable;
import storagelab.sstable.Block;
import storagelab.sstable.BlockCache;
import storagelab.writeback.ArcCache;

/**
 * ARC next to five other policies and the best that hindsight can do, on lab 4's four traces, over the size of the memory.
 *
 * <p>S3-FIFO is lab 5's block cache with one shard and blocks of one size. W-TinyLFU is Caffeine, which catches up with
 * its reads after each miss; it draws random numbers of its own, so that its hits differ a little from run to run.
 */
public final class ArcExperiment implements Experiment {
    /** Sizes of the memory, in percent of the one that the traces are made for. */
    private static final List<Integer> SIZES = List.of(25, 50, 75, 90, 100, 110, 125, 150);

    private static final int MADE_FOR = 100;
    private static final int BLOCK_BYTES = 64;

    private record Player(String name, Hits hits) {}

    @FunctionalInterface
    private interface Hits {
        int of(int[] trace, int slots);
    }

    private static final List<Player> PLAYERS = List.of(
            new Player("LRU", (trace, slots) -> hits(PolicyKind.LRU, trace, slots)),
            new Player("clock", (trace, slots) -> hits(PolicyKind.CLOCK, trace, slots)),
            new Player("2Q", (trace, slots) -> hits(PolicyKind.TWO_QUEUE, trace, slots)),
            new Player("S3-FIFO", ArcExperiment::blockCacheHits),
            new Player("W-TinyLFU", ArcExperiment::caffeineHits),
            new Player("ARC", ArcExperiment::arcHits),
            new Player("optimum", BeladyOptimum::hits));

    private static final int LRU = 0;
    private static final int ARC = 5;
    private static final int LOOP = 1;
    private static final int SHIFTING = 3;

    private record Load(String name, int[] trace) {}

    /** The share of hits of every player on one trace, with a memory of one size. */
    private record Outcome(String load, int percentOfSize, int slots, List<Double> percents) {}

    /** For the service loader. */
    public ArcExperiment() {}

    @Override
    public String id() {
        return "7.arc";
    }

    @Override
    public String question() {
        return "Is a cache that tunes itself the best on every load?";
    }

    @Override
    public Prediction prediction() {
        return new Prediction.Amount(
                "A query reads 1,001 pages one after the other, over and over. ARC has room for 1,000 of them, and remembers"
                        + " the numbers of up to 1,000 pages that have gone. What share of the pages does it find in memory?",
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
        List<Plot> plots = List.of(
                bars(atSize),
                curves("Lookups beside a scan, by the size of the memory", loads.get(2).name, outcomes),
                curves("Zipf's law, by the size of the memory", loads.get(0).name, outcomes));
        return new ExperimentResult(
                table(outcomes), plots, atSize.get(LOOP).percents.get(ARC), observation(atSize));
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

    /** Hits of an owner that says which page comes before it asks for a victim. */
    private static int arcHits(int[] trace, int slots) {
        ArcCache arc = new ArcCache(slots);
        int[] slotOfPage = new int[pageCount(trace)];
        Arrays.fill(slotOfPage, ArcCache.NONE);
        int[] pageInSlot = new int[slots];
        int taken = 0;
        int hits = 0;
        for (int page : trace) {
            if (slotOfPage[page] != ArcCache.NONE) {
                hits++;
                arc.touch(slotOfPage[page]);
                continue;
            }
            arc.expect(page);
            int slot = taken;
            if (taken < slots) {
                taken++;
            } else {
                slot = arc.victim(any -> true);
                arc.remove(slot);
                slotOfPage[pageInSlot[slot]] = ArcCache.NONE;
            }
            arc.admit(slot, page);
            slotOfPage[page] = slot;
            pageInSlot[slot] = page;
        }
        return hits;
    }

    private static int blockCacheHits(int[] trace, int slots) {
        Block block = new Block(new byte[BLOCK_BYTES], Path.of("trace"), 0);
        BlockCache cache = new BlockCache((long) slots * (BLOCK_BYTES + BlockCache.ENTRY_BYTES), 1);
        try (BlockCache.Slots places = cache.slots(pageCount(trace))) {
            for (int page : trace) {
                if (places.get(page) == null) {
                    places.put(page, block);
                }
            }
        }
        return (int) cache.hits();
    }

    private static int caffeineHits(int[] trace, int slots) {
        Cache<Integer, Integer> cache =
                Caffeine.newBuilder().maximumSize(slots).executor(Runnable::run).build();
        int hits = 0;
        for (int page : trace) {
            if (cache.getIfPresent(page) != null) {
                hits++;
            } else {
                cache.put(page, page);
                cache.cleanUp();
            }
        }
        return hits;
    }

    private static int pageCount(int[] trace) {
        return Arrays.stream(trace).max().orElse(0) + 1;
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

    private static Plot curves(String title, String load, List<Outcome> outcomes) {
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
        return new Plot.Curves(title, Axis.linear("pages that fit the memory", ""), Axis.linear("hits", "%"), series);
    }

    private static String observation(List<Outcome> atSize) {
        List<Double> shifting = atSize.get(SHIFTING).percents;
        return atSize.stream()
                .map(outcome -> outcome.load + ": "
                        + IntStream.range(0, PLAYERS.size())
                                .mapToObj(player -> String.format(
                                        Locale.ROOT, "%s %.1f", PLAYERS.get(player).name, outcome.percents.get(player)))
                                .collect(Collectors.joining(", ")))
                .collect(Collectors.joining(
                        "; ",
                        "Hits in percent with " + Quantity.number(atSize.get(0).slots) + " slots, ",
                        String.format(
                                Locale.ROOT,
                                ". With a shifting hot set, ARC has %.1f points less than LRU.",
                                shifting.get(LRU) - shifting.get(ARC))));
    }
}
