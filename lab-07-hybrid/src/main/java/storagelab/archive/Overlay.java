package storagelab.archive;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.sstable.InternalCursor;
import storagelab.tree.PathCopyingTree;
import storagelab.tree.TreeCursor;

/**
 * What was written and is not in an object: for each key its last value, or that it was deleted. An overlay never changes; {@link #with}
 * makes the next one, which shares with this one what is the same in both.
 *
 * @param writes by key; empty where the key is deleted
 * @param bytes of the keys and values, with {@link #ENTRY_BYTES} for each entry
 */
record Overlay(PathCopyingTree<Slice, Optional<Slice>> writes, long bytes) {
    /** What an entry takes in memory besides its key and value, about. */
    static final long ENTRY_BYTES = 100;

    /** Nothing written. */
    static final Overlay EMPTY = new Overlay(PathCopyingTree.empty(Slice::compareTo), 0);

    /** This overlay after a batch. */
    Overlay with(WriteBatch batch) {
        PathCopyingTree<Slice, Optional<Slice>> next = writes;
        long nextBytes = bytes;
        for (WriteBatch.Operation operation : batch.operations()) {
            Slice key = operation.key();
            Optional<Slice> value =
                    operation instanceof WriteBatch.Put put ? Optional.of(put.value()) : Optional.empty();
            Optional<Slice> before = next.get(key);
            nextBytes += entryBytes(key, value) - (before == null ? 0 : entryBytes(key, before));
            next = next.with(key, value);
        }
        return new Overlay(next, nextBytes);
    }

    private static long entryBytes(Slice key, Optional<Slice> value) {
        return ENTRY_BYTES + key.length() + value.map(Slice::length).orElse(0);
    }

    /** The value that was written under a key, or that it was deleted; null if neither. */
    @Nullable
    Optional<Slice> get(Slice key) {
        return writes.get(key);
    }

    /** Whether nothing was written. */
    boolean isEmpty() {
        return writes.size() == 0;
    }

    /** The entries, as if all of them had been written at {@code sequence}. */
    InternalCursor cursor(long sequence) {
        return new OverlayCursor(writes.cursor(), sequence);
    }

    /**
     * Proves that the tree is one, and that the bytes are those of its entries.
     *
     * @throws AssertionError that says what is wrong
     */
    void verify() {
        writes.verify();
        long sum = 0;
        TreeCursor<Slice, Optional<Slice>> cursor = writes.cursor();
        for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
            sum += entryBytes(cursor.key(), cursor.value());
        }
        if (sum != bytes) {
            throw new AssertionError("an overlay of " + sum + " bytes that says it has " + bytes);
        }
    }
}
