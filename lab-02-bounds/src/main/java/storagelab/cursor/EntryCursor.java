package storagelab.cursor;

import storagelab.api.Cursor;

/**
 * A cursor over one source of a store, a memtable or a table, in which deletions are entries: it stops at tombstones, too.
 * Each key occurs once.
 */
public interface EntryCursor extends Cursor {
    /**
     * Whether the entry is a tombstone; its value is empty then.
     *
     * @throws IllegalStateException if the cursor is at no entry
     */
    boolean isTombstone();
}
