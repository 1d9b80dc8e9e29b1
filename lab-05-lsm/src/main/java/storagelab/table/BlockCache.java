package storagelab.table;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Blocks of tables in memory, within a budget of bytes. A scan that reads every block once must not drive out those that are
 * read all the time, so the cache has two parts: a block comes <em>on probation</em>, and is <em>protected</em> when it is
 * wanted again. Whoever is on probation for longest goes first. The protected have four fifths of the budget at the most:
 * when they want more, the one that was not wanted for longest goes back on probation.
 *
 * <p>The cache consists of shards that know nothing of each other, each with its own lock and an equal part of the budget, so
 * that threads seldom meet.
 *
 * <p>Example: one shard for 100 bytes, blocks of 20 bytes. Blocks A and B are read twice and are protected; a scan then reads
 * C, D, E, F, each once. When F comes, C goes; A and B are still there.
 *
 * <p>Invariant: blocks and what the cache needs to find them, {@value #ENTRY_BYTES} bytes each, are never more than the
 * budget. A block that is larger than a shard's part is not kept.
 *
 * <p>Cost: O(1).
 *
 * <p>Concurrency: safe for many threads.
 */
public final class BlockCache {
    /** What an entry takes besides the bytes of its block. */
    public static final int ENTRY_BYTES = 144;

    private static final int SHARDS_MAX = 16;
    private static final long SHARD_BYTES_MIN = 512 << 10;

    private record Id(long file, long offset) {}

    private final Shard[] shards;
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();

    /**
     * An empty cache.
     *
     * @param budgetBytes 0 for one that keeps nothing
     * @throws IllegalArgumentException if it is negative
     */
    public BlockCache(long budgetBytes) {
        this(budgetBytes, (int) Math.max(1, Math.min(SHARDS_MAX, budgetBytes / SHARD_BYTES_MIN)));
    }

    /** An empty cache of so many shards. */
    public BlockCache(long budgetBytes, int shardCount) {
        if (budgetBytes < 0 || shardCount < 1) {
            throw new IllegalArgumentException(shardCount + " shards for " + budgetBytes + " bytes");
        }
        shards = new Shard[shardCount];
        for (int i = 0; i < shardCount; i++) {
            shards[i] = new Shard(budgetBytes / shardCount);
        }
    }

    /** The block of a file that begins at {@code offset}, if it is here. */
    public @Nullable Block get(long file, long offset) {
        Id id = new Id(file, offset);
        Block block = shard(id).get(id);
        (block == null ? misses : hits).increment();
        return block;
    }

    /** Keeps a block, perhaps in place of others. */
    public void put(long file, long offset, Block block) {
        Id id = new Id(file, offset);
        shard(id).put(id, block);
    }

    /** Bytes that are taken now. */
    public long usedBytes() {
        long sum = 0;
        for (Shard shard : shards) {
            sum += shard.usedBytes();
        }
        return sum;
    }

    /** How many calls of {@link #get} have found their block. */
    public long hits() {
        return hits.sum();
    }

    /** How many have not. */
    public long misses() {
        return misses.sum();
    }

    private Shard shard(Id id) {
        long mixed = (id.file * 0x9e3779b97f4a7c15L + id.offset) * 0xbf58476d1ce4e5b9L;
        return shards[(int) Math.floorMod(mixed >>> Integer.SIZE, (long) shards.length)];
    }

    /** A part of the cache. The eldest of a map is the first in its order. */
    private static final class Shard {
        private static final float LOAD_FACTOR = 0.75f;

        private final long budgetBytes;
        private final Map<Id, Block> probation = new LinkedHashMap<>();
        private final Map<Id, Block> guarded = new LinkedHashMap<>(16, LOAD_FACTOR, true); // in the order of use
        private long probationBytes;
        private long guardedBytes;

        Shard(long budgetBytes) {
            this.budgetBytes = budgetBytes;
        }

        synchronized @Nullable Block get(Id id) {
            Block block = guarded.get(id);
            if (block != null) {
                return block;
            }
            block = probation.remove(id);
            if (block != null) {
                probationBytes -= bytes(block);
                guarded.put(id, block);
                guardedBytes += bytes(block);
                while (guardedBytes > budgetBytes / 5 * 4 && guarded.size() > 1) {
                    Map.Entry<Id, Block> eldest = removeEldest(guarded);
                    guardedBytes -= bytes(eldest.getValue());
                    probation.put(eldest.getKey(), eldest.getValue());
                    probationBytes += bytes(eldest.getValue());
                }
            }
            return block;
        }

        synchronized void put(Id id, Block block) {
            if (bytes(block) > budgetBytes || guarded.containsKey(id)) {
                return;
            }
            Block old = probation.put(id, block);
            probationBytes += bytes(block) - (old == null ? 0 : bytes(old));
            while (probationBytes + guardedBytes > budgetBytes && !probation.isEmpty()) {
                probationBytes -= bytes(removeEldest(probation).getValue());
            }
        }

        synchronized long usedBytes() {
            return probationBytes + guardedBytes;
        }

        private static Map.Entry<Id, Block> removeEldest(Map<Id, Block> map) {
            Map.Entry<Id, Block> eldest = map.entrySet().iterator().next();
            map.remove(eldest.getKey());
            return Map.entry(eldest.getKey(), eldest.getValue());
        }

        private static long bytes(Block block) {
            return block.sizeBytes() + (long) ENTRY_BYTES;
        }
    }
}
