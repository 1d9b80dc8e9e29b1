package storagelab.mvcc;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.cursor.EntryCursor;
import storagelab.tree.PathCopyingTree;
import storagelab.tree.TreeCursor;

/**
 * What a transaction has written: for each key its value, or that it was deleted. It is a version of lab 3's tree whose
 * versions all stay: a savepoint is a reference to one, and so is what a cursor shows.
 *
 * @param writes by key; empty where the key is deleted
 */
record WriteSet(PathCopyingTree<Slice, Optional<Slice>> writes) {
    /** Nothing written. */
    static final WriteSet EMPTY = new WriteSet(PathCopyingTree.empty(Slice::compareTo));

    /** With a value under a key. */
    WriteSet put(Slice key, Slice value) {
        return new WriteSet(writes.with(key, Optional.of(value)));
    }

    /** With a key deleted. */
    WriteSet delete(Slice key) {
        return new WriteSet(writes.with(key, Optional.empty()));
    }

    /** The value written under a key, or that it was deleted; null if neither. */
    @Nullable
    Optional<Slice> get(Slice key) {
        return writes.get(key);
    }

    /** Whether nothing was written. */
    boolean isEmpty() {
        return writes.size() == 0;
    }

    /** All writes, in the order of their keys. */
    WriteBatch toBatch() {
        WriteBatch batch = new WriteBatch();
        TreeCursor<Slice, Optional<Slice>> cursor = writes.cursor();
        for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
            if (cursor.value().isPresent()) {
                batch.put(cursor.key(), cursor.value().get());
            } else {
                batch.delete(cursor.key());
            }
        }
        return batch;
    }

    /** The writes as a source for a merge; what was deleted is a tombstone. */
    EntryCursor cursor() {
        return new WriteCursor(writes.cursor());
    }

    private record WriteCursor(TreeCursor<Slice, Optional<Slice>> cursor) implements EntryCursor {
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
