package storagelab.writeback;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.cursor.EntryCursor;
import storagelab.tree.PathCopyingTree;
import storagelab.tree.TreeCursor;

/**
 * What was written and is not in the engine: for each key its last value, or that it was deleted. A set never changes; {@link #with}
 * makes the next one, which shares with this one what is the same in both. So a reader that holds a set sees one moment, for as long
 * as it likes, and no writer waits.
 *
 * <p>Cost: a new set makes a number of nodes for each operation that is proportional to the logarithm of the number of keys.
 *
 * @param writes by key; empty where the key is deleted
 * @param bytes of the keys and values, with {@link #ENTRY_BYTES} for each entry
 */
record DirtySet(PathCopyingTree<Slice, Optional<Slice>> writes, long bytes) {
    /** What an entry takes in memory besides its key and value, about: a node of the tree and the objects in it. */
    static final long ENTRY_BYTES = 100;

    /** Nothing written. */
    static final DirtySet EMPTY = new DirtySet(PathCopyingTree.empty(Slice::compareTo), 0);

    /** This set after a batch. */
    DirtySet with(WriteBatch batch) {
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
        return new DirtySet(next, nextBytes);
    }

    private static long entryBytes(Slice key, Optional<Slice> value) {
        return ENTRY_BYTES + key.length() + value.map(Slice::length).orElse(0);
    }

    /** The value that was written under a key, or that it was deleted; null if neither. */
    @Nullable
    Optional<Slice> get(Slice key) {
        return writes.get(key);
    }

    /** The number of keys. */
    int size() {
        return writes.size();
    }

    /** Whether nothing was written. */
    boolean isEmpty() {
        return writes.size() == 0;
    }

    /** The entries as a source for a merge; what was deleted is a tombstone. */
    EntryCursor cursor() {
        return new DirtyCursor(writes.cursor());
    }

    /** The next entries as a batch, until it has {@code bytesMin} bytes of keys and values or more. */
    static WriteBatch nextBatch(EntryCursor entries, long bytesMin) {
        WriteBatch batch = new WriteBatch();
        for (long bytes = 0; entries.isValid() && bytes < bytesMin; entries.next()) {
            Slice key = entries.key();
            Slice value = entries.value();
            if (entries.isTombstone()) {
                batch.delete(key);
            } else {
                batch.put(key, value);
            }
            bytes += key.length() + value.length();
        }
        return batch;
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
            throw new AssertionError("a dirty set of " + sum + " bytes that says it has " + bytes);
        }
    }

    private record DirtyCursor(TreeCursor<Slice, Optional<Slice>> cursor) implements EntryCursor {
        @Override
        public boolean isTombstone() {
            return cursor.value().isEmpty();
        }

        @Override
        public boolean isValid() {
            return cursor.isValid();
        }

        @Override
        public void seekToFirst() {
            cursor.seekToFirst();
        }

        @Override
        public void seekToLast() {
            cursor.seekToLast();
        }

        @Override
        public void seek(Slice key) {
            cursor.seek(key);
        }

        @Override
        public void seekBefore(Slice key) {
            cursor.seekBefore(key);
        }

        @Override
        public void next() {
            cursor.next();
        }

        @Override
        public void prev() {
            cursor.prev();
        }

        @Override
        public Slice key() {
            return cursor.key();
        }

        @Override
        public Slice value() {
            return cursor.value().orElse(Slice.EMPTY);
        }

        @Override
        public void close() {}
    }
}
