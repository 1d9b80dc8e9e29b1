package storagelab.lsm;

import java.util.TreeMap;
import java.util.function.LongSupplier;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.course.Given;

/**
 * The sequences that somebody may still read at. A snapshot copies nothing: it is a sequence that is held, and merges keep
 * what it can see. They ask for the oldest sequence, since what is hidden from it is hidden from all.
 *
 * <p>This exercise has three parts: this list; {@link storagelab.sstable.InternalMergingCursor}, which makes one sequence of entries
 * out of those of many tables; and {@link VisibleCursor}, which shows of these what a reader at a sequence may see. {@link
 * LsmSnapshot}, which is given, puts them together.
 *
 * <table>
 *   <caption>Example: the visible sequence is 5 at first</caption>
 *   <tr><th>call</th><th>returns</th><th>{@code oldest()} then</th><th>{@code newest()} then</th></tr>
 *   <tr><td>{@code hold()}</td><td>5</td><td>5</td><td>5</td></tr>
 *   <tr><td>four writes, {@code hold()}</td><td>9</td><td>5</td><td>9</td></tr>
 *   <tr><td>{@code hold()}</td><td>9</td><td>5</td><td>9</td></tr>
 *   <tr><td>{@code release(5)}</td><td></td><td>9</td><td>9</td></tr>
 *   <tr><td>{@code release(9)}</td><td></td><td>9, which somebody else holds</td><td>9</td></tr>
 *   <tr><td>three writes, {@code release(9)}</td><td></td><td>12, the visible one</td><td>-1</td></tr>
 * </table>
 *
 * <p><b>What must not happen</b>: a thread that is about to hold a sequence reads that 9 is visible; three writes come; a
 * merge asks for the oldest sequence, is told 12, and drops what a reader at 9 sees; and then the first thread holds 9. So
 * to see what is visible and to hold it is one step, in which nobody is told anything. The visible sequence never becomes
 * less.
 *
 * <p>Cost: O(log n) with n different sequences held. Concurrency: safe for many threads.
 */
@Exercise(
        id = "5.15",
        title = "Snapshots and cursors by sequence",
        points = 5,
        difficulty = Difficulty.MEDIUM,
        hours = 4,
        needs = "5.2")
public final class SnapshotList {
    private final TreeMap<Long, Integer> held = new TreeMap<>(); // how often

    @Given
    private final LongSupplier visible;

    /** A list of none. {@code visible} says at which sequence a read is made that asks for no snapshot. */
    @Given
    public SnapshotList(LongSupplier visible) {
        this.visible = visible;
    }

    /** Holds the sequence that is visible now, and returns it. */
    public synchronized long hold() {
        long sequence = visible.getAsLong();
        held.merge(sequence, 1, Integer::sum);
        return sequence;
    }

    /**
     * Gives a sequence up that was held, once.
     *
     * @throws IllegalStateException if it is not held; the message has the sequence
     */
    public synchronized void release(long sequence) {
        if (!held.containsKey(sequence)) {
            throw new IllegalStateException("nobody holds sequence " + sequence);
        }
        held.computeIfPresent(sequence, (same, count) -> count == 1 ? null : count - 1);
    }

    /** The smallest sequence that is held, or will ever be: without any, the visible one. */
    public synchronized long oldest() {
        return held.isEmpty() ? visible.getAsLong() : held.firstKey();
    }

    /** The greatest sequence that is held; -1 if none is. */
    public synchronized long newest() {
        return held.isEmpty() ? -1 : held.lastKey();
    }

    /**
     * Does something unless a sequence greater than {@code sequence} is held; nobody holds or releases one while it is
     * done. What it throws is passed on. (A merge that has thrown values away on account of their age installs its result
     * only if nobody has taken a snapshot meanwhile who may have seen them.)
     *
     * @return whether it was done
     */
    public synchronized boolean runUnlessNewer(long sequence, Runnable action) {
        boolean isDone = newest() <= sequence;
        if (isDone) {
            action.run();
        }
        return isDone;
    }
}
