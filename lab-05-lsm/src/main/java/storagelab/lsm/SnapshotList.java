package storagelab.lsm;

import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * The sequences that somebody may still read at. Merges ask for the smallest: what is hidden from it is hidden from
 * all.
 *
 * <p>Concurrency: safe for many threads.
 */
final class SnapshotList {
    private final TreeMap<Long, Integer> held = new TreeMap<>(); // how often
    private final LongSupplier visible;

    /** {@code visible} says at which sequence a read is made that asks for no snapshot. */
    SnapshotList(LongSupplier visible) {
        this.visible = visible;
    }

    /** Holds the sequence that is visible now. */
    synchronized long hold() {
        long sequence = visible.getAsLong();
        held.merge(sequence, 1, Integer::sum);
        return sequence;
    }

    /** Gives a sequence up that was held. */
    synchronized void release(long sequence) {
        held.computeIfPresent(sequence, (same, count) -> count == 1 ? null : count - 1);
    }

    /** The smallest sequence that is held, or will ever be. */
    synchronized long oldest() {
        return held.isEmpty() ? visible.getAsLong() : held.firstKey();
    }

    /** The greatest sequence that is held; -1 if none is. */
    synchronized long newest() {
        return held.isEmpty() ? -1 : held.lastKey();
    }

    /**
     * Does something unless a sequence greater than {@code sequence} is held; none is taken meanwhile. Returns whether it
     * was done.
     */
    synchronized boolean runUnlessNewer(long sequence, Runnable action) {
        boolean isDone = newest() <= sequence;
        if (isDone) {
            action.run();
        }
        return isDone;
    }
}
