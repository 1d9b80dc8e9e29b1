package storagelab.sstable;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.course.ExercisePart;
import storagelab.course.Given;

/**
 * Blocks of tables in memory, within a budget of bytes. Who has a table open has {@link Slots}, a place for each of its
 * blocks: a block that is in memory is found by its index, without a hash and without a lock.
 *
 * <p>The places are filled and emptied by <em>shards</em>, which know nothing of each other: each has a lock and an
 * equal part of the budget. Block i of the t-th table, both counted from 0, belongs to shard (t + i) mod the number of
 * shards, so that the blocks of a table go round.
 *
 * <p>A block takes its bytes and {@value #ENTRY_BYTES} more. <b>The blocks of a shard never take more than its
 * part</b>, at no moment: room is made before a block is kept. A block that takes more than that alone is not kept, and
 * drives out no other.
 *
 * <p>Which blocks go? Most blocks that come are wanted once: somebody scans. Those must not drive out what is wanted
 * all the time. So a shard has two queues, first in, first out: <em>fresh</em> for blocks that come, <em>kept</em> for
 * those that were wanted again. A get does no more than mark its block; the queues change only when room has to be
 * made, a block at a time:
 *
 * <ul>
 *   <li>If the fresh blocks take more than a tenth of the shard's part, or none is kept, the first of them leaves its
 *       queue. If it has a mark, it loses it and becomes the last of the kept; otherwise it goes.
 *   <li>Otherwise the first of the kept: if it has a mark, it loses it and becomes the last of the kept; otherwise it
 *       goes. (Threads may mark as fast as this takes marks away. When as many blocks were spared as the shard has,
 *       the first one goes whatever its mark.)
 * </ul>
 *
 * <p>A block that comes is fresh, unless it went from the fresh ones not long ago: so that since then blocks with fewer
 * bytes in all have gone from the shard than its part has. Then it was wanted twice, and is kept at once. A slot
 * remembers when its block went; nothing else is needed for that.
 *
 * <p>Example: one shard with 1,000 bytes, blocks of 36, which take 100 each. A, B, C, D, E, F, G, H, I and J come: all
 * of them are fresh, and the shard is full. A and B are wanted again and are marked.
 *
 * <table>
 *   <caption>What happens then</caption>
 *   <tr><th></th><th>goes</th><th>fresh then</th><th>kept then</th></tr>
 *   <tr><td>K comes</td><td>C, after A and B were spared</td><td>D E F G H I J K</td><td>A B</td></tr>
 *   <tr><td>L comes</td><td>D</td><td>E F G H I J K L</td><td>A B</td></tr>
 *   <tr><td>C comes again: since it went, only D has gone</td><td>E</td><td>F G H I J K L</td><td>A B C</td></tr>
 *   <tr><td>a scan of 1,000 blocks comes</td><td>F to L, and 993 of the scan</td><td>its last seven</td><td>A B C</td></tr>
 * </table>
 *
 * <p>Cost: a block that is there, O(1), no lock, and nothing is written if it has its mark already; one that comes, O(1)
 * over time.
 *
 * <p>Concurrency: safe for many threads. A block that two threads put at once is kept once.
 *
 * <p>Source: Yang, Zhang, Qiu, Yue and Rashmi, "FIFO Queues are All You Need for Cache Eviction" (2023), with one mark
 * instead of two bits, and slots instead of a list of ghosts.
 */
@Exercise(
        id = "5.14",
        title = "A cache of blocks",
        points = 6,
        difficulty = Difficulty.MEDIUM,
        hours = 4,
        needs = "5.4")
public final class BlockCache {
    /** What a block takes besides its bytes. */
    public static final int ENTRY_BYTES = 64;

    @Given
    private static final int SHARDS_MAX = 16;

    @Given
    private static final long SHARD_BYTES_MIN = 512 << 10;

    private static final int FRESH_PART = 10;

    private final Shard[] shards;
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private int slotsMade; // guarded by this

    /**
     * An empty cache, of a shard for each 512 KiB, but at least one and at most 16.
     *
     * @param budgetBytes 0 for one that keeps nothing
     * @throws IllegalArgumentException if it is negative
     */
    @Given
    public BlockCache(long budgetBytes) {
        this(budgetBytes, (int) Math.max(1, Math.min(SHARDS_MAX, budgetBytes / SHARD_BYTES_MIN)));
    }

    /**
     * An empty cache of so many shards.
     *
     * @throws IllegalArgumentException if the budget is negative or there is no shard
     */
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

    /** Bytes that are taken now, by blocks and by what each takes besides. */
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
    @ExercisePart("5.14")
    public final class Slots implements BlockSlots {
        private final AtomicReferenceArray<@Nullable Entry> entries;
        private final long[] wentAt; // when a fresh block went, 0 if never; guarded by the shard of the block
        private final int firstShard;
        private volatile boolean closed;

        private Slots(int blockCount, int firstShard) {
            this.entries = new AtomicReferenceArray<>(blockCount);
            this.wentAt = new long[blockCount];
            this.firstShard = firstShard;
        }

        @Override
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

        /**
         * Keeps a block, perhaps in place of others. Does nothing if there is one with this index, if it is too large,
         * or if these slots are closed.
         */
        @Override
        public void put(int index, Block block) {
            shards[Math.floorMod(firstShard + index, shards.length)].put(new Entry(this, index, block));
        }

        /**
         * Gives up what is here. The room is free when this returns, and nothing is kept here any more, also if another
         * thread is about to put something. A second call does nothing.
         */
        @Override
        public void close() {
            closed = true;
            for (int i = 0; i < Math.min(shards.length, entries.length()); i++) {
                shards[Math.floorMod(firstShard + i, shards.length)].removeAll(this, i, shards.length);
            }
        }
    }

    private static final class Entry {
        private final Slots slots;
        private final int index;
        private final Block block;
        private boolean marked; // two threads may both set it, and a mark that is seen late is no harm
        private boolean kept; // and not fresh
        private Entry previous = this; // in its queue
        private Entry next = this;

        Entry(Slots slots, int index, Block block) {
            this.slots = slots;
            this.index = index;
            this.block = block;
        }

        long bytes() {
            return block.sizeBytes() + (long) ENTRY_BYTES;
        }
    }

    /** Entries in the order in which they came: a ring, which begins at the first. */
    private static final class Queue {
        private @Nullable Entry first;
        private long bytes;
        private int count;

        void add(Entry entry) {
            Entry head = first;
            if (head == null) {
                first = entry;
            } else {
                entry.next = head;
                entry.previous = head.previous;
                head.previous.next = entry;
                head.previous = entry;
            }
            bytes += entry.bytes();
            count++;
        }

        void remove(Entry entry) {
            Entry next = entry.next;
            if (first == entry) {
                first = next == entry ? null : next;
            }
            entry.previous.next = next;
            next.previous = entry.previous;
            entry.next = entry;
            entry.previous = entry;
            bytes -= entry.bytes();
            count--;
        }
    }

    /** A part of the cache. */
    private static final class Shard {
        private final long budgetBytes;
        private final Queue fresh = new Queue();
        private final Queue kept = new Queue();
        private long wentBytes; // of all blocks that ever had to go

        Shard(long budgetBytes) {
            this.budgetBytes = budgetBytes;
        }

        synchronized long usedBytes() {
            return fresh.bytes + kept.bytes;
        }

        synchronized void put(Entry entry) {
            Slots slots = entry.slots;
            if (entry.bytes() > budgetBytes || slots.closed || slots.entries.get(entry.index) != null) {
                return; // too large, or too late, or another thread was faster
            }
            long wentAt = slots.wentAt[entry.index];
            entry.kept = wentAt > 0 && wentBytes - wentAt < budgetBytes;
            makeRoom(entry.bytes());
            queueOf(entry).add(entry);
            slots.entries.setRelease(entry.index, entry);
        }

        /** Gives up the blocks {@code first}, {@code first + step} and so on of a table. */
        synchronized void removeAll(Slots slots, int first, int step) {
            for (int i = first; i < slots.entries.length(); i += step) {
                Entry entry = slots.entries.get(i);
                if (entry != null) {
                    queueOf(entry).remove(entry);
                    slots.entries.setRelease(i, null);
                }
            }
        }

        private void makeRoom(long bytes) {
            int mayBeSpared = fresh.count + kept.count;
            while (usedBytes() + bytes > budgetBytes) {
                boolean ofFresh = fresh.bytes > budgetBytes / FRESH_PART || kept.count == 0;
                Entry entry = Objects.requireNonNull(ofFresh ? fresh.first : kept.first);
                queueOf(entry).remove(entry);
                if (entry.marked && mayBeSpared > 0) {
                    mayBeSpared--;
                    entry.marked = false;
                    entry.kept = true;
                    kept.add(entry);
                } else {
                    wentBytes += entry.bytes();
                    entry.slots.wentAt[entry.index] = ofFresh ? wentBytes : 0;
                    entry.slots.entries.setRelease(entry.index, null);
                }
            }
        }

        private Queue queueOf(Entry entry) {
            return entry.kept ? kept : fresh;
        }
    }
}
