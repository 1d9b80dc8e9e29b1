package storagelab.mvcc;

import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * The sequences at which views read. What no view can see any more may be thrown away: everything that was replaced at or
 * below the <em>watermark</em>, the smallest of them.
 *
 * <p>Example: views read at 5, 9 and 9, and 12 is visible. The watermark is 5. A value that was valid from 6 until it was
 * replaced at 8 is read by none of them, though the watermark is below it.
 *
 * <p>To read which sequence is visible and to hold it is one step. Otherwise a thread might read that 9 is visible,
 * another throw away what a view at 9 reads, and the first hold 9 then.
 *
 * <p>Cost: O(log n) with n different sequences. Concurrency: safe for many threads.
 */
public final class Watermark {
    private final TreeMap<Long, Integer> held = new TreeMap<>(); // how often; guarded by this
    private final LongSupplier visible;

    /** No views yet. {@code visible} says at which sequence a view begins now; it never goes back. */
    public Watermark(LongSupplier visible) {
        this.visible = visible;
    }

    /** Holds the sequence that is visible now, and returns it. */
    public synchronized long hold() {
        long sequence = visible.getAsLong();
        held.merge(sequence, 1, Integer::sum);
        return sequence;
    }

    /**
     * Holds a sequence once more that is held.
     *
     * @throws IllegalStateException if it is not held
     */
    public synchronized void holdAgain(long sequence) {
        if (held.computeIfPresent(sequence, (same, count) -> count + 1) == null) {
            throw new IllegalStateException("no view reads at sequence " + sequence);
        }
    }

    /**
     * Gives up a sequence that was held, once.
     *
     * @throws IllegalStateException if it is not held
     */
    public synchronized void release(long sequence) {
        if (!held.containsKey(sequence)) {
            throw new IllegalStateException("no view reads at sequence " + sequence);
        }
        held.computeIfPresent(sequence, (same, count) -> count == 1 ? null : count - 1);
    }

    /** The smallest sequence at which a view reads, or will ever read: without views, the visible one. */
    public synchronized long lowest() {
        return held.isEmpty() ? visible.getAsLong() : held.firstKey();
    }

    /** How many sequences are visible that the oldest view does not show: what it may cost; 0 without views. */
    public synchronized long lag() {
        return held.isEmpty() ? 0 : visible.getAsLong() - held.firstKey();
    }

    /** How many views are open, cursors that have outlived theirs among them. */
    public synchronized int views() {
        return held.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Whether a view reads at a sequence from {@code from}, included, to {@code to}, not included. */
    public synchronized boolean isHeldIn(long from, long to) {
        Long next = held.ceilingKey(from);
        return next != null && next < to;
    }

    /** Whether there is a view. */
    public synchronized boolean isHeld() {
        return !held.isEmpty();
    }
}
