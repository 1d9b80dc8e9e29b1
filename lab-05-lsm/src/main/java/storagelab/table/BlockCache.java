package storagelab.table;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Blocks of tables in memory, within a budget of bytes. Who has a table open has {@link Slots}, a place for each of its
 * blocks: a block that is in memory is found by its index, without a hash and without a lock.
 *
 * <p>The places are filled and emptied by <em>shards</em>, which know nothing of each other: each has a lock, an equal
 * part of the budget and a clock. A block that comes has no mark, and gets one when it is wanted again. To make room
 * the clock's hand goes round: a block with a mark loses the mark, one without goes. So a scan, which wants each block
 * once, drives out what other scans have left, and those that are wanted all the time stay.
 *
 * <p>Example: one shard for 100 bytes, blocks of 20 bytes. A and B were wanted twice and have marks; C, D and E were
 * wanted once. F comes: the hand takes the marks of A and B away and lets C go. Until it comes round again A and B may
 * be wanted, and have their marks again.
 *
 * <p>Invariant: blocks, and {@value #ENTRY_BYTES} bytes for each, are never more than the budget. A block that is
 * larger than a shard's part is not kept.
 *
 * <p>Cost: a block that is there, O(1), no lock; one that comes, O(1) over time.
 *
 * <p>Concurrency: safe for many threads.
 */
public final class BlockCache {
    /** What a block takes besides its bytes. */
    public static final int ENTRY_BYTES = 64;

    private static final int SHARDS_MAX = 16;
    private static final long SHARD_BYTES_MIN = 512 << 10;

    private final Shard[] shards;
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private int slotsMade; // guarded by this

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

    /** Places for the blocks of a table, all empty. */
    public synchronized Slots slots(int blockCount) {
        return new Slots(blockCount, slotsMade++);
    }

    /** Bytes that are taken now. */
    public long usedBytes() {
        long sum = 0;
        for (Shard shard : shards) {
            sum += shard.usedBytes();
        }
        return sum;
    }

    /** How many calls of {@link Slots#get} have found their block. */
    public long hits() {
        return hits.sum();
    }

    /** How many have not. */
    public long misses() {
        return misses.sum();
    }

    /** Where the blocks of one table are. */
    public final class Slots implements Closeable {
        private final AtomicReferenceArray<@Nullable Entry> entries;
        private final int firstShard;

        private Slots(int blockCount, int firstShard) {
            this.entries = new AtomicReferenceArray<>(blockCount);
            this.firstShard = firstShard;
        }

        /** The block with this index, if it is here. */
        public @Nullable Block get(int index) {
            Entry entry = entries.getAcquire(index);
            if (entry == null) {
                misses.increment();
                return null;
            }
            hits.increment();
            if (!entry.marked) {
                entry.marked = true;
            }
            return entry.block;
        }

        /** Keeps a block, perhaps in place of others. */
        public void put(int index, Block block) {
            shard(index).put(new Entry(this, index, block));
        }

        /** Gives up what is here. */
        @Override
        public void close() {
            for (int i = 0; i < entries.length(); i++) {
                if (entries.get(i) != null) {
                    shard(i).remove(this, i);
                }
            }
        }

        private Shard shard(int index) {
            return shards[Math.floorMod(firstShard + index, shards.length)];
        }
    }

    private static final class Entry {
        private final Slots slots;
        private final int index;
        private final Block block;
        private boolean marked; // two threads may both set it, and a mark that is seen late is no harm
        private int place; // in its shard

        Entry(Slots slots, int index, Block block) {
            this.slots = slots;
            this.index = index;
            this.block = block;
        }

        long bytes() {
            return block.sizeBytes() + (long) ENTRY_BYTES;
        }
    }

    /** A part of the cache. */
    private static final class Shard {
        private final long budgetBytes;
        private final List<Entry> ring = new ArrayList<>();
        private int hand;
        private long usedBytes;

        Shard(long budgetBytes) {
            this.budgetBytes = budgetBytes;
        }

        synchronized void put(Entry entry) {
            if (entry.bytes() > budgetBytes || entry.slots.entries.get(entry.index) != null) {
                return; // too large, or another thread was faster
            }
            while (usedBytes + entry.bytes() > budgetBytes) {
                makeRoom();
            }
            entry.place = ring.size();
            ring.add(entry);
            usedBytes += entry.bytes();
            entry.slots.entries.setRelease(entry.index, entry);
        }

        synchronized void remove(Slots slots, int index) {
            Entry entry = slots.entries.get(index);
            if (entry != null) {
                take(entry);
            }
        }

        synchronized long usedBytes() {
            return usedBytes;
        }

        private void makeRoom() {
            hand = hand < ring.size() ? hand : 0;
            Entry entry = ring.get(hand);
            if (entry.marked) {
                entry.marked = false;
                hand++;
            } else {
                take(entry);
            }
        }

        /** Takes an entry out; the last one gets its place. */
        private void take(Entry entry) {
            Entry last = ring.remove(ring.size() - 1);
            if (last != entry) {
                ring.set(entry.place, last);
                last.place = entry.place;
            }
            usedBytes -= entry.bytes();
            entry.slots.entries.setRelease(entry.index, null);
        }
    }
}
