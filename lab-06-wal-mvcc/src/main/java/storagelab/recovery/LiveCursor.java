package storagelab.recovery;

import storagelab.api.Cursor;
import storagelab.api.Slice;
import storagelab.cursor.EntryCursor;

/** The entries of an engine as a source for a merge: none of them is a tombstone. */
record LiveCursor(Cursor entries) implements EntryCursor {
    @Override
    public boolean isTombstone() {
        if (!isValid()) {
            throw new IllegalStateException("the cursor is at no entry");
        }
        return false;
    }

    @Override
    public boolean isValid() {
        return entries.isValid();
    }

    @Override
    public void seekToFirst() {
        entries.seekToFirst();
    }

    @Override
    public void seekToLast() {
        entries.seekToLast();
    }

    @Override
    public void seek(Slice key) {
        entries.seek(key);
    }

    @Override
    public void seekBefore(Slice key) {
        entries.seekBefore(key);
    }

    @Override
    public void next() {
        entries.next();
    }

    @Override
    public void prev() {
        entries.prev();
    }

    @Override
    public Slice key() {
        return entries.key();
    }

    @Override
    public Slice value() {
        return entries.value();
    }

    @Override
    public void close() {
        entries.close();
    }
}
