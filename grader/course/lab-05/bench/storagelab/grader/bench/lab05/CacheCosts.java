package storagelab.grader.bench.lab05;

import java.util.List;
import java.util.Random;
import storagelab.cache.Traces;
import storagelab.grader.bench.worker.Cost;
import storagelab.grader.bench.worker.CostProbe;
import storagelab.grader.bench.worker.WrongAnswerException;
import storagelab.sstable.Block;
import storagelab.sstable.BlockCache;

/** What a cache for a tenth of the blocks misses: of popular ones, beside a scan, and when others become popular. */
public final class CacheCosts implements CostProbe {
    private static final int BLOCKS = 2_000;
    private static final int ROOM = 200;
    private static final int GETS = 60_000;

    @Override
    public List<Cost> count(long seed) {
        Random random = new Random(seed);
        return List.of(
                Cost.timesReference("misses of 60,000, Zipf's law", misses(Traces.zipf(BLOCKS, GETS, random)), 1.1),
                Cost.timesReference(
                        "misses of 60,000, half of them a scan",
                        misses(Traces.scanWithHotSet(ROOM / 2, BLOCKS - ROOM / 2, GETS, random)),
                        1.1),
                Cost.timesReference(
                        "misses of 60,000, other blocks each fifth",
                        misses(Traces.shiftingHotSet(ROOM / 2, GETS, random)),
                        1.2));
    }

    private static long misses(int[] trace) {
        long budget = (long) ROOM * (CacheBlocks.BYTES + BlockCache.ENTRY_BYTES);
        BlockCache cache = new BlockCache(budget, 1);
        BlockCache.Slots slots = cache.slots(BLOCKS);
        long misses = 0;
        for (int number : trace) {
            Block block = slots.get(number);
            if (block == null) {
                misses++;
                slots.put(number, CacheBlocks.block(0));
            }
            if (cache.usedBytes() > budget) {
                throw new WrongAnswerException("a cache of " + budget + " bytes has " + cache.usedBytes());
            }
        }
        return misses;
    }
}
