package storagelab.api;

import java.util.Optional;

/**
 * A map from keys to values that outlives the process.
 *
 * <p>Keys and values are any bytes, the empty slice included. A store may have a limit on their length and says so; a longer
 * one is an {@link IllegalArgumentException}. Errors are {@link StorageException}s; a missing key is
 * never one.
 *
 * <p>Concurrency: safe for many threads, unless an implementation is marked {@link storagelab.course.Toy}.
 */
public interface KeyValueStore extends AutoCloseable {
    /**
     * The value that was last put under {@code key}, or nothing if there is none or it was deleted since.
     *
     * @throws StoreClosedException if the store is closed
     */
    Optional<Slice> get(Slice key);

    /**
     * Stores {@code value} under {@code key}, in place of any value there, {@link Durability#BUFFERED}.
     *
     * @throws StoreClosedException if the store is closed
     * @throws StoreFailedException if an earlier write or sync failed
     */
    default void put(Slice key, Slice value) {
        write(new WriteBatch().put(key, value), Durability.BUFFERED);
    }

    /**
     * Removes {@code key} and its value, {@link Durability#BUFFERED}. Removing a key that is not there changes nothing.
     *
     * @throws StoreClosedException if the store is closed
     * @throws StoreFailedException if an earlier write or sync failed
     */
    default void delete(Slice key) {
        write(new WriteBatch().delete(key), Durability.BUFFERED);
    }

    /**
     * Applies every operation of {@code batch} in order, or none of them: no reader and no crash sees a part.
     *
     * @throws StoreClosedException if the store is closed
     * @throws StoreFailedException if an earlier write or sync failed
     */
    void write(WriteBatch batch, Durability durability);

    /** What the store has done since it was opened. */
    StoreStats stats();

    /**
     * Finishes what was begun and releases every file. Every acknowledged write is on disk afterwards. Closing twice
     * does nothing.
     */
    @Override
    void close();
}
