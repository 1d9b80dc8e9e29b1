package storagelab.cursor;

import storagelab.api.Cursor;
import storagelab.api.Slice;

/**
 * A cursor that hands every call on to another one; a subclass overrides the calls in which it differs.
 *
 * <p>Closing it closes the other cursor.
 */
public abstract class ForwardingCursor implements Cursor {
    /** The other cursor. */
    protected final Cursor entries;

    /** A cursor that hands its calls on to {@code entries}, which no other caller moves from now on. */
    protected ForwardingCursor(Cursor entries) {
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
