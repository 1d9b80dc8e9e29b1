package storagelab.grader.bench.lab07;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import storagelab.disk.CrashDisk;
import storagelab.grader.bench.worker.Cost;
import storagelab.grader.bench.worker.CostProbe;
import storagelab.grader.bench.worker.WrongAnswerException;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineKind;
import storagelab.writeback.CheckpointedEngine;
import storagelab.writeback.WriteBackCache;
import storagelab.writeback.WriteBackOptions;

/** What an engine behind the cache is given when prices change over and over between checkpoints, and what it is asked for. */
public final class WritesCosts implements CostProbe {
    private static final int ROUNDS = 10;
    private static final int PUTS = 2_000;
    private static final int PRICES = 500;
    private static final int BATCH_BYTES = 8 << 10;
    private static final WriteBackOptions OPTIONS =
            WriteBackOptions.defaults().withDirtyBytesMax(1L << 30).withBatchBytes(BATCH_BYTES);

    @Override
    public List<Cost> count(long seed) {
        Random random = new Random(seed);
        CheckpointedEngine checkpointed = CheckpointedEngine.open(
                CrashDisk.create().root().resolve("cache"),
                new MapEngine.Type("map"),
                DurableOptions.defaults(EngineKind.BTREE));
        MapEngine engine = (MapEngine) checkpointed.engine();
        AtomicInteger logSyncs = new AtomicInteger();
        int syncs;
        long changed = 0;
        long batchesMax = 0;
        long gets = 0;
        try (WriteBackCache cache = new WriteBackCache(checkpointed, OPTIONS)) {
            cache.useLog(logSyncs::incrementAndGet);
            for (int round = 0; round < ROUNDS; round++) {
                Set<Integer> dirty = put(cache, random);
                changed += dirty.size();
                batchesMax += 1 + (long) dirty.size() * Goods.ENTRY_BYTES / BATCH_BYTES;
                gets += getsPassedOn(cache, engine, dirty);
                cache.checkpoint();
            }
            syncs = logSyncs.get();
            check(cache, engine);
        }
        return List.of(
                Cost.atMost("operations of the engine a changed price", (double) engine.puts() / changed, 1),
                Cost.atMost("batches that it is given in 10 flushes", (double) engine.batches(), (double) batchesMax),
                Cost.atMost("gets of dirty prices that it is asked", (double) gets, 0),
                Cost.atMost("syncs of the log for 10 flushes", syncs, ROUNDS));
    }

    /** Puts prices, and returns those that were put. */
    private static Set<Integer> put(WriteBackCache cache, Random random) {
        Set<Integer> changed = new HashSet<>();
        for (int i = 0; i < PUTS; i++) {
            int price = random.nextInt(PRICES);
            changed.add(price);
            cache.apply(cache.lastSequence() + 1, Goods.put(price, cache.lastSequence() + 1));
        }
        return changed;
    }

    /** How many gets the engine is asked when all these prices, which are dirty, are asked for. */
    private static long getsPassedOn(WriteBackCache cache, MapEngine engine, Set<Integer> dirty) {
        long before = engine.gets();
        for (int price : dirty) {
            if (cache.get(Goods.price(price)).isEmpty()) {
                throw new WrongAnswerException(Goods.price(price) + " was put, and is not there");
            }
        }
        return engine.gets() - before;
    }

    private static void check(WriteBackCache cache, MapEngine engine) {
        for (int price = 0; price < PRICES; price++) {
            if (!cache.get(Goods.price(price)).equals(engine.get(Goods.price(price)))) {
                throw new WrongAnswerException("after a checkpoint the engine and the cache have different values of " + Goods.price(price));
            }
        }
    }
}
