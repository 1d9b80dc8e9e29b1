package storagelab.grader.bench.lab07;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import storagelab.cache.Traces;
import storagelab.grader.bench.worker.Cost;
import storagelab.grader.bench.worker.CostProbe;

/** How many pages are missing from a small memory, of traces that ask for different things. */
public final class CacheCosts implements CostProbe {
    private static final int SLOTS = 500;
    private static final int LENGTH = 60_000;

    @Override
    public List<Cost> count(long seed) {
        Random random = new Random(seed);
        List<Cost> costs = new ArrayList<>();
        costs.add(missing("by Zipf's law", Traces.zipf(20 * SLOTS, LENGTH, random)));
        costs.add(missing("with scans beside a hot set", Traces.scanWithHotSet(SLOTS / 2, 20 * SLOTS, LENGTH, random)));
        costs.add(missing("of a hot set that shifts", Traces.shiftingHotSet(SLOTS, LENGTH, random)));
        return costs;
    }

    private static Cost missing(String trace, int[] pages) {
        PageMemory memory = new PageMemory(SLOTS, IntStream.of(pages).max().orElse(0) + 1);
        long missing = IntStream.of(pages).filter(page -> !memory.want(page)).count();
        return Cost.timesReference("missing, of 60,000 requests " + trace, (double) missing, 1.01);
    }
}
