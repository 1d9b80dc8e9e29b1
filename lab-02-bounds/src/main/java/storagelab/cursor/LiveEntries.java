package storagelab.cursor;

import storagelab.api.Cursor;

/** The entries of a store or an engine as a source for a merge: none of them is a tombstone. */
public final class LiveEntries extends ForwardingCursor implements EntryCursor {
    /** A source with the entries of {@code entries}, which it closes with itself. */
    public LiveEntries(Cursor entries) {
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
