package storagelab.cursor;

import storagelab.api.Cursor;
import storagelab.api.KeyRange;
import storagelab.api.Slice;

/**
 * A cursor over those entries of another whose keys are in a range; the others do not exist for it.
 *
 * <p>Example: over {@code b=1, d=2, f=3} and {@code [c, f)}, it has the one entry d. {@code seek("a")} moves to it, {@code
 * next()} then to none.
 *
 * <p>Cost: a step of the other cursor and one comparison.
 */
public final class RangeCursor implements Cursor {
    private final Cursor all;
    private final KeyRange range;
    private boolean inside;
    private boolean closed;

    /**
     * A cursor at no entry.
     *
     * @param all the cursor that is confined; nobody else moves it from now on, and it is closed with this one
     */
    public RangeCursor(Cursor all, KeyRange range) {
        this.all = all;
        this.range = range;
    }

    @Override
    public boolean isValid() {
        checkOpen();
        return inside && all.isValid();
    }

    @Override
    public void seekToFirst() {
        seek(range.from());
    }

    @Override
    public void seekToLast() {
        checkOpen();
        inside = false;
        Slice to = range.to();
        if (to == null) {
            all.seekToLast();
        } else {
            all.seekBefore(to);
        }
        stayAboveFrom();
    }

    @Override
    public void seek(Slice key) {
        checkOpen();
        inside = false;
        all.seek(key.compareTo(range.from()) < 0 ? range.from() : key);
        stayBelowTo();
    }

    @Override
    public void seekBefore(Slice key) {
        checkOpen();
        inside = false;
        Slice to = range.to();
        all.seekBefore(to != null && key.compareTo(to) > 0 ? to : key);
        stayAboveFrom();
    }

    @Override
    public void next() {
        checkAtEntry();
        inside = false;
        all.next();
        stayBelowTo();
    }

    @Override
    public void prev() {
        checkAtEntry();
        inside = false;
        all.prev();
        stayAboveFrom();
    }

    @Override
    public Slice key() {
        checkAtEntry();
        return all.key();
    }

    @Override
    public Slice value() {
        checkAtEntry();
        return all.value();
    }

    @Override
    public void close() {
        closed = true;
        inside = false;
        all.close();
    }

    private void stayBelowTo() {
        Slice to = range.to();
        inside = all.isValid() && (to == null || all.key().compareTo(to) < 0);
    }

    private void stayAboveFrom() {
        inside = all.isValid() && all.key().compareTo(range.from()) >= 0;
    }

    private void checkAtEntry() {
        checkOpen();
        if (!inside) {
            throw new IllegalStateException("the cursor is at no entry");
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the cursor is closed");
        }
    }
}
