package storagelab.writeback;

import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.course.ExercisePart;

/**
 * Which sets are dirty, and how far the operations in them go.
 *
 * @param active takes the writes
 * @param sealed is being written to the engine, and does not change; empty if nothing is
 * @param sequence of the last operation
 * @param sealedSequence the engine and the sealed set have every operation up to it
 * @param seals how many sets were sealed
 */
record DirtyState(DirtySet active, DirtySet sealed, long sequence, long sealedSequence, long seals) {
    /** What both sets take in memory. */
    long bytes() {
        return active.bytes() + sealed.bytes();
    }

    /** Whether the engine was given every operation up to {@code wanted}: nothing is sealed, and what was sealed reached as far. */
    @ExercisePart("7.4")
    boolean isFlushed(long wanted) {
        return sealed.isEmpty() && sealedSequence >= wanted;
    }

    /** What a key was given last: in the active set, or else in the sealed one; null if it is dirty in neither. */
    @Nullable
    @ExercisePart("7.4")
    DirtyVersion get(Slice key) {
        DirtyVersion written = active.get(key);
        return written != null ? written : sealed.get(key);
    }

    /** As {@link #get}, of the versions that are not later than this state's sequence, which is pinned. */
    @Nullable
    @ExercisePart("7.4")
    DirtyVersion getPinned(Slice key) {
        DirtyVersion written = active.get(key, sequence);
        return written != null ? written : sealed.get(key, sequence);
    }

    /** After a batch in the active set, whose last operation is at {@code last}. */
    DirtyState at(long last) {
        return new DirtyState(active, sealed, last, sealedSequence, seals);
    }

    /**
     * The active set is the sealed one, and a new one takes its place; what is sealed reaches to {@link #sequence}, and one seal more is counted. There was no
     * sealed one.
     */
    @ExercisePart("7.4")
    DirtyState seal() {
        return new DirtyState(new DirtySet(), active, sequence, sequence, seals + 1);
    }

    /** Without the sealed set, which the engine has. The rest stays. */
    @ExercisePart("7.4")
    DirtyState withoutSealed() {
        return new DirtyState(active, DirtySet.EMPTY, sequence, sealedSequence, seals);
    }

    /**
     * Proves that the sets are right, and agree with the sequences. Nobody may write meanwhile.
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
