package storagelab.memtable;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import storagelab.api.Entry;
import storagelab.api.Slice;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.cursor.EntryCursor;

/**
 * A memtable that forgets nothing: it keeps every version of every key, each under the sequence number of the write that
 * made it. Whoever remembers a sequence number can read the keys as they were then, while writers go on.
 *
 * <p>Order: by key, ascending as unsigned bytes; the versions of one key by sequence, <em>descending</em>. So a search for
 * (key, s) for the first entry that is not before it ends at the newest version of the key that is not newer than s: one
 * search, and no walk over the versions.
 *
 * <p>Example: {@code add(1, apple=red)}, {@code add(2, pear=green)}, {@code add(3, apple=yellow)}, {@code add(4, pear†)} (a
 * tombstone) lie in the order (apple, 3), (apple, 1), (pear, 4), (pear, 2).
 *
 * <table>
 *   <caption>What is seen as of a sequence</caption>
 *   <tr><th>sequence</th><th>get(apple, sequence)</th><th>get(pear, sequence)</th><th>cursor(sequence)</th></tr>
 *   <tr><td>0</td><td>nothing</td><td>nothing</td><td>nothing</td></tr>
 *   <tr><td>1</td><td>apple=red</td><td>nothing</td><td>apple=red</td></tr>
 *   <tr><td>2</td><td>apple=red</td><td>pear=green</td><td>apple=red, pear=green</td></tr>
 *   <tr><td>3</td><td>apple=yellow</td><td>pear=green</td><td>apple=yellow, pear=green</td></tr>
 *   <tr><td>4</td><td>apple=yellow</td><td>pear†</td><td>apple=yellow, pear†</td></tr>
 * </table>
 *
 * <p>A {@link storagelab.skiplist.ConcurrentSkipList} whose keys are pairs of key and sequence is all it takes to be right.
 * Each entry is then half a dozen objects; the benchmark {@code 3.memtable} shows what that costs.
 *
 * <p>Cost: {@code add} and {@code get} O(log n) expected, in the number n of versions, whatever number of them belong to one
 * key; {@code sizeBytes} and {@code count} O(1).
 *
 * <p>Concurrency: safe for many threads. No method waits for another thread, but for {@link #freeze}. What an add has
 * returned from is seen by every get that begins later; an entry is seen as a whole or not at all.
 */
@Exercise(
        id = "3.7",
        title = "A memtable with versions",
        points = 14,
        difficulty = Difficulty.HARD,
        hours = 5,
        needs = {"1.10", "3.6"})
public final class SkipListMemtable {
    /** The largest sequence number. */
    public static final long MAX_SEQUENCE = Long.MAX_VALUE >>> 1;

    /** The bit of {@code begun} that says that no more entries are taken. */
    private static final long FROZEN = Long.MIN_VALUE;

    private final VersionList versions = new VersionList();

    /** Adds that have begun and not failed; and {@link #FROZEN}. */
    private final AtomicLong begun = new AtomicLong();

    /** Adds that have ended well. */
    private final AtomicLong added = new AtomicLong();

    /** A memtable without entries. */
    public SkipListMemtable() {}

    /**
     * Adds the version of {@code entry.key()} that was written at {@code sequence}: its value, or its tombstone. Sequences
     * may come in any order, from any thread. The bytes of the entry's slices may be kept or copied.
     *
     * @throws IllegalArgumentException if {@code sequence} is negative or greater than {@link #MAX_SEQUENCE}, or if there is
     *     a version of the key with this sequence, with both in the message; there is no other change then
     * @throws IllegalStateException if the memtable is frozen
     */
    public void add(long sequence, Entry entry) {
        SearchKey key = new SearchKey(entry.key(), checked(sequence));
        if (begun.getAndIncrement() < 0) {
            begun.getAndDecrement();
            throw new IllegalStateException(
                    "the memtable is frozen; " + entry.key() + " at " + sequence + " comes late");
        }
        try {
            versions.insert(key, entry);
        } catch (RuntimeException | Error e) {
            begun.getAndDecrement();
            throw e;
        }
        versions.grownTo(added.incrementAndGet());
    }

    /**
     * The version of {@code key} that was in force at {@code sequence}: the one with the largest sequence that is not greater.
     * A tombstone is returned like a value. Nothing if there is no such version.
     *
     * @throws IllegalArgumentException if {@code sequence} is negative or greater than {@link #MAX_SEQUENCE}
     */
    public Optional<Entry> get(Slice key, long sequence) {
        SearchKey wanted = new SearchKey(key, checked(sequence));
        NodeArena nodes = versions.nodes();
        long found = versions.ceiling(wanted);
        if (found == NodeArena.NONE || !nodes.hasKey(found, wanted)) {
            return Optional.empty();
        }
        return Optional.of(nodes.isTombstone(found) ? Entry.tombstone(key) : Entry.value(key, nodes.value(found)));
    }

    /**
     * A cursor over what {@link #get} finds as of {@code sequence}: one entry for each key, tombstones included, in ascending
     * order, and in both directions. It may be used while entries are added. An entry that is added later does not show in
     * it if its sequence is greater than {@code sequence}, as it will be if every write takes a new number; an older one may.
     *
     * <p>Cost: a seek O(log n), however many versions of the key itself are too new, and O(1) for each later version that it
     * passes; {@code prev} O(log n) for each key that it passes, however many versions that has; {@code next} O(1) for each
     * version that it passes.
     *
     * @throws IllegalArgumentException if {@code sequence} is negative or greater than {@link #MAX_SEQUENCE}
     */
    public EntryCursor cursor(long sequence) {
        return new MemtableCursor(versions, checked(sequence));
    }

    /**
     * A cursor over every version of every key. A store that writes its memtable out, and has snapshots to keep, needs all
     * of them.
     *
     * <p>Example: after the adds above it gives (apple, 3), (apple, 1), (pear, 4), (pear, 2), and the other way round.
     *
     * <p>Cost: a seek and {@code prev} O(log n), {@code next} O(1).
     */
    public VersionCursor versions() {
        return new VersionListCursor(versions);
    }

    /**
     * Heap that the entries take: what the garbage collector gets back when a full memtable is dropped, keys, values and
     * everything around them, exact to 5 % from about a megabyte on. 0 if there are no entries; never falls.
     *
     * <p>Example, of the layout of objects on a 64-bit JVM with compressed references: an object takes 12 bytes and its
     * fields, an array 16 bytes and its elements, each rounded up to a multiple of 8; a reference takes 4. A {@code byte[100]}
     * is 120 bytes, and a {@link Slice} (a reference and two ints) is 24. A node is whatever you make it.
     */
    public long sizeBytes() {
        return count() == 0 ? 0 : versions.reservedBytes();
    }

    /** Number of versions, tombstones included. */
    public long count() {
        return added.get();
    }

    /**
     * Ends the adding. An {@code add} that began earlier is done, or has failed, when this returns; one that begins later
     * fails. So the entries never change again, and can be written out. Freezing twice does nothing.
     */
    public void freeze() {
        begun.getAndUpdate(count -> count | FROZEN);
        while ((begun.get() & ~FROZEN) != added.get()) {
            Thread.onSpinWait();
        }
    }

    private static long checked(long sequence) {
        if (sequence < 0 || sequence > MAX_SEQUENCE) {
            throw new IllegalArgumentException("sequence " + sequence);
        }
        return sequence;
    }
}
