package storagelab.archive;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;

/**
 * What an archive has at one moment. It never changes.
 *
 * @param active takes the writes
 * @param sealed is being written as objects; empty if nothing is
 * @param index of the objects
 * @param sequence of the last operation
 * @param sealedSequence the objects and the sealed overlay have every operation up to it
 */
record ArchiveState(Overlay active, Overlay sealed, ArchiveIndex index, long sequence, long sealedSequence) {
    /** An archive that has what an index says. */
    static ArchiveState of(ArchiveIndex index) {
        return new ArchiveState(Overlay.EMPTY, Overlay.EMPTY, index, index.sequence(), index.sequence());
    }

    /** Bytes of what is not in objects. */
    long overlayBytes() {
        return active.bytes() + sealed.bytes();
    }

    /** The value that was written under a key and is not in an object, or that it was deleted; null if neither. */
    @Nullable
    Optional<Slice> get(Slice key) {
        Optional<Slice> written = active.get(key);
        return written != null ? written : sealed.get(key);
    }

    /** With another active overlay, whose last operation is at {@code last}. */
    ArchiveState with(Overlay nextActive, long last) {
        return new ArchiveState(nextActive, sealed, index, last, sealedSequence);
    }

    /** The active overlay is the sealed one, and an empty one takes its place. There was no sealed one. */
    ArchiveState seal() {
        return new ArchiveState(Overlay.EMPTY, active, index, sequence, sequence);
    }

    /** With the next index. If it has more operations than the one before, these are the sealed ones. */
    ArchiveState with(ArchiveIndex next) {
        Overlay left = next.sequence() > index.sequence() ? Overlay.EMPTY : sealed;
        return new ArchiveState(active, left, next, sequence, sealedSequence);
    }

    /**
     * Proves that all parts are right, and agree with each other.
     *
     * @throws AssertionError that says what is wrong
     */
    void verify() {
        active.verify();
        sealed.verify();
        index.verify();
        if (index.sequence() > sealedSequence || sealedSequence > sequence) {
            throw new AssertionError("objects up to " + index.sequence() + ", sealed up to " + sealedSequence
                    + ", written up to " + sequence);
        }
        if (active.isEmpty() != (sealedSequence == sequence)
                || sealed.isEmpty() != (index.sequence() == sealedSequence)) {
            throw new AssertionError(
                    "overlays of " + active.bytes() + " and " + sealed.bytes() + " bytes, objects up to "
                            + index.sequence() + ", sealed up to " + sealedSequence + ", written up to " + sequence);
        }
    }
}
