package storagelab.mvcc;

import storagelab.api.Cursor;
import storagelab.cursor.EntryCursor;

/** The entries of a store as a source for a merge: none of them is a tombstone. */
final class LiveEntries extends ForwardingCursor implements EntryCursor {
    LiveEntries(Cursor entries) {
        super(entries);
    }

    @Override
    public boolean isTombstone() {
        if (!isValid()) {
            throw new IllegalStateException("the cursor is at no entry");
        }
        return false;
    }
}
