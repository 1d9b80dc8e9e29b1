package storagelab.testkit;

import java.util.List;
import storagelab.api.KeyRange;
import storagelab.api.Slice;

/** One step of a model test: what is done to the store and to the sorted map beside it. */
public sealed interface StoreOperation {
    /** A step that writes one key. */
    sealed interface Write extends StoreOperation {
        /** The key that is written. */
        Slice key();
    }

    /** Stores {@code value} under {@code key}. */
    record Put(Slice key, Slice value) implements Write {}

    /** Removes {@code key}. */
    record Delete(Slice key) implements Write {}

    /** Writes all of {@code writes} as one batch. */
    record Batch(List<Write> writes) implements StoreOperation {
        /** Copies the list. */
        public Batch {
            writes = List.copyOf(writes);
        }
    }

    /** Reads {@code key} and compares. */
    record Get(Slice key) implements StoreOperation {}

    /** Opens a cursor over {@code range} and calls it {@code cursor}; one that was called so before is closed. */
    record OpenCursor(int cursor, KeyRange range) implements StoreOperation {}

    /** Moves a cursor and compares where it is; nothing if there is none of that name. */
    record MoveCursor(int cursor, CursorMove move) implements StoreOperation {}

    /** Takes a snapshot and calls it {@code snapshot}; one that was called so before is closed. */
    record TakeSnapshot(int snapshot) implements StoreOperation {}

    /** Reads {@code key} from a snapshot and compares; nothing if there is none of that name. */
    record AskSnapshot(int snapshot, Slice key) implements StoreOperation {}

    /** As {@link OpenCursor}, but over a snapshot; nothing if there is none of that name. */
    record OpenSnapshotCursor(int snapshot, int cursor, KeyRange range) implements StoreOperation {}

    /** What leaves the content of a store as it is. */
    enum Upkeep implements StoreOperation {
        /** Moves what is in memory to a file. */
        FLUSH,
        /** Merges files. */
        COMPACT,
        /** Closes the store, with all cursors and snapshots, and opens it again. */
        REOPEN
    }
}
