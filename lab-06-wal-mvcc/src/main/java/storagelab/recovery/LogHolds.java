package storagelab.recovery;

import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import storagelab.wal.LogRetention;
import storagelab.wal.WriteAheadLog;

/**
 * The sequences after which readers of changes still need the log. It is not cut beyond the smallest of them, nor beyond what is
 * retained for readers that come later.
 *
 * <p>Concurrency: safe for many threads. While segments are deleted, no hold is taken.
 */
final class LogHolds {
    private final TreeMap<Long, Integer> held = new TreeMap<>(); // how often; guarded by this
    private @Nullable LogRetention retention; // guarded by this

    /** Keeps also what {@code newest} says. */
    synchronized void retain(LogRetention newest) {
        retention = newest;
    }

    /** Keeps the operations after {@code sequence}. */
    synchronized void hold(long sequence) {
        held.merge(sequence, 1, Integer::sum);
    }

    /** Gives a hold up. */
    synchronized void release(long sequence) {
        held.computeIfPresent(sequence, (same, count) -> count == 1 ? null : count - 1);
    }

    /** Keeps the operations after {@code to}, and those after {@code from} no longer. */
    synchronized void move(long from, long to) {
        hold(to);
        release(from);
    }

    /** Deletes the segments of {@code log} whose operations are at {@code sequence} or before, but for those that are held. */
    synchronized void truncate(WriteAheadLog log, long sequence) {
        long heldAfter = held.isEmpty() ? sequence : Math.min(sequence, held.firstKey());
        log.truncate(retention == null ? heldAfter : Math.min(heldAfter, retention.sequence()));
    }
}
