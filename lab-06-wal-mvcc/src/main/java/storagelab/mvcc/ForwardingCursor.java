package storagelab.mvcc;

import storagelab.api.Cursor;
import storagelab.api.Slice;

/** A cursor that is another one, but for what a subclass does differently. */
abstract class ForwardingCursor implements Cursor {
    /** Does the work. */
    protected final Cursor entries;

    ForwardingCursor(Cursor entries) {
        this.entries = entries;
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
