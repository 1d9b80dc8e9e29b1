package storagelab.mvcc;

import org.jspecify.annotations.Nullable;
import storagelab.api.WriteBatch;

/**
 * A transaction that has committed, or a write outside of one.
 *
 * @param sequence of its last operation; without any, of the last operation before its commit
 * @param writes what it has written
 * @param reads what it has read, if it is serializable; null otherwise
 * @param view the sequence at which it has read
 * @param firstOut the sequence of the first commit that has written what this one has read, and not seen; {@link #NEVER}
 *     if there is none or it is not serializable
 */
public record Commit(
        long sequence, WriteBatch writes, @Nullable ReadSet reads, long view, long firstOut) {
    /** No sequence: greater than each. */
    public static final long NEVER = Long.MAX_VALUE;

    /** A write outside of a transaction. */
    public static Commit ofWrite(long lastSequence, WriteBatch writes) {
        return new Commit(lastSequence, writes, null, lastSequence, NEVER);
    }

    /** A transaction with snapshot isolation. */
    public static Commit ofSnapshot(ConflictDetector.Candidate candidate, long lastSequence) {
        return new Commit(lastSequence, candidate.writes(), null, candidate.view(), NEVER);
    }

    /** A serializable transaction. */
    public static Commit ofSerializable(ConflictDetector.Candidate candidate, long lastSequence, long firstOut) {
        return new Commit(lastSequence, candidate.writes(), candidate.reads(), candidate.view(), firstOut);
    }

    /** Whether it has written nothing. */
    public boolean isReadOnly() {
        return writes.isEmpty();
    }
}
