package storagelab.api;

import java.util.Optional;

/**
 * The state of a store at one moment: what was written before it was taken and nothing that was written after, for its
 * whole life, whatever is overwritten, deleted, flushed or merged meanwhile.
 *
 * <p>It holds memory and files of the store until it is closed.
 *
 * <p>Errors: every method but {@code close} throws {@link IllegalStateException} once the snapshot is closed, and {@link
 * StoreClosedException} once its store is.
 *
 * <p>Concurrency: safe for many threads.
 */
public interface Snapshot extends AutoCloseable {
    /** The value that {@code key} had, or nothing if it had none. */
    Optional<Slice> get(Slice key);

    /**
     * A cursor over the entries there were in {@code range}. It stays usable when the snapshot is closed; what it holds is
     * released when it is closed itself.
     */
    Cursor cursor(KeyRange range);

    /** Gives the state up. Closing twice does nothing. */
    @Override
    void close();
}
