package storagelab.writeback;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;

/**
 * What is dirty at one moment. It never changes.
 *
 * @param active takes the writes
 * @param sealed is being written to the engine; empty if nothing is
 * @param sequence of the last operation
 * @param sealedSequence the engine and the sealed set have every operation up to it
 * @param seals how many sets were sealed
 */
record DirtyState(DirtySet active, DirtySet sealed, long sequence, long sealedSequence, long seals) {
    /** What both sets take in memory. */
    long bytes() {
        return active.bytes() + sealed.bytes();
    }

    /** Whether the engine has every operation up to {@code wanted}. */
    boolean isFlushed(long wanted) {
        return sealed.isEmpty() && sealedSequence >= wanted;
    }

    /** The value that was written under a key, or that it was deleted; null if neither. */
    @Nullable
    Optional<Slice> get(Slice key) {
        Optional<Slice> written = active.get(key);
        return written != null ? written : sealed.get(key);
    }

    /** With a batch in the active set, whose last operation is at {@code last}. */
    DirtyState with(DirtySet nextActive, long last) {
        return new DirtyState(nextActive, sealed, last, sealedSequence, seals);
    }

    /** The active set is the sealed one, and an empty one takes its place. There was no sealed one. */
    DirtyState seal() {
        return new DirtyState(DirtySet.EMPTY, active, sequence, sequence, seals + 1);
    }

    /** Without the sealed set, which the engine has. */
    DirtyState withoutSealed() {
        return new DirtyState(active, DirtySet.EMPTY, sequence, sealedSequence, seals);
    }

    /**
     * Proves that the sets are right, and agree with the sequences.
     *
     * @param durable the engine has everything up to it on the disk
     * @throws AssertionError that says what is wrong
     */
    void verify(long durable) {
        active.verify();
        sealed.verify();
        if (durable > sealedSequence || sealedSequence > sequence) {
            throw new AssertionError(
                    "durable up to " + durable + ", sealed up to " + sealedSequence + ", written up to " + sequence);
        }
        if (active.isEmpty() != (sealedSequence == sequence)) {
            throw new AssertionError(
                    active.size() + " keys are dirty, sealed up to " + sealedSequence + ", written up to " + sequence);
        }
    }
}
