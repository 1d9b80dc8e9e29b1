package storagelab.kin;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import storagelab.api.Durability;
import storagelab.api.LogTruncatedException;
import storagelab.api.Slice;
import storagelab.api.Snapshot;
import storagelab.kv.CrashSafeStore;
import storagelab.recovery.ChangeFeed;
import storagelab.recovery.ChangeFeed.Change;
import storagelab.recovery.FeedOptions;

/**
 * A copy of a store that follows its log. Readers of the copy see states that the source has had, in their order, some time later.
 *
 * <p>The copy begins empty, or as a {@link CrashSafeStore#backup} of the source. Each change of the source's log is applied to
 * it as one batch. Nothing else is written to it. So both have done the same operations in the same order, and have given them
 * the same sequences: how far the copy is, is its own {@link CrashSafeStore#lastSequence}. No position has to be stored next to
 * it, which a crash could leave too far ahead or behind.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>A change is one batch, so that no reader and no crash of the copy sees a part of a transaction of the source.
 *   <li>The copy has only changes that are on the source's disk. A power cut of the source takes none of them back.
 *   <li>A batch of the copy is BUFFERED. A power cut may take its last ones; the sequence goes back with them, and they are
 *       applied again.
 * </ol>
 *
 * <p>Errors: {@link LogTruncatedException} if the source's log does not reach back to the copy any more: it has to begin again
 * from a backup.
 *
 * <p>Concurrency: one thread follows; any may read.
 */
public final class Replica implements AutoCloseable {
    private final CrashSafeStore source;
    private final CrashSafeStore copy;
    private @Nullable ChangeFeed feed;

    /**
     * Follows {@code source} with {@code copy}, both of which the caller closes.
     *
     * @throws IllegalArgumentException if the copy has done more than the source, so that it is a copy of another store, or was
     *     written to
     */
    public Replica(CrashSafeStore source, CrashSafeStore copy) {
        if (copy.lastSequence() > source.lastSequence()) {
            throw new IllegalArgumentException(
                    "a copy with " + copy.lastSequence() + " operations of a source with " + source.lastSequence());
        }
        this.source = source;
        this.copy = copy;
    }

    /**
     * Applies every change that is on the source's disk now.
     *
     * <p>Cost: what is new in the source's log is read once, and written to the copy's log and engine. The source's writers do
     * not wait.
     *
     * @return how many operations were applied
     * @throws LogTruncatedException if the source's log begins after the copy's end
     */
    public long catchUp() {
        ChangeFeed changes = feed;
        if (changes == null) {
            changes = source.changes(copy.lastSequence(), FeedOptions.defaults());
            feed = changes;
        }
        long before = copy.lastSequence();
        for (Optional<Change> change = changes.poll(); change.isPresent(); change = changes.poll()) {
            apply(change.get());
        }
        return copy.lastSequence() - before;
    }

    private void apply(Change change) {
        if (change.sequence() != copy.lastSequence() + 1) {
            throw new IllegalStateException("the operation " + change.sequence() + " of the source for a copy that has "
                    + copy.lastSequence() + ": it was written to");
        }
        copy.write(change.batch(), Durability.BUFFERED);
        if (copy.lastSequence() != change.lastSequence()) {
            throw new AssertionError("the copy is at " + copy.lastSequence() + " after " + change.lastSequence());
        }
    }

    /** How many operations of the source the copy has yet to do, those that are not on the source's disk among them. */
    public long lag() {
        return source.lastSequence() - copy.lastSequence();
    }

    /** The value of a key in the copy. */
    public Optional<Slice> get(Slice key) {
        return copy.get(key);
    }

    /** A state that the source has had. */
    public Snapshot snapshot() {
        return copy.snapshot();
    }

    /** Stops following. The copy is a store like any other; if the source is lost, writers may go on with it. */
    @Override
    public void close() {
        if (feed != null) {
            feed.close();
        }
    }
}
