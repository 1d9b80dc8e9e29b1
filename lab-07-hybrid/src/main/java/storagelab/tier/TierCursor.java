package storagelab.tier;

import java.util.List;
import storagelab.api.Cursor;
import storagelab.api.KeyRange;
import storagelab.api.Slice;

/**
 * A cursor over ranges of keys that follow each other, each with a cursor of its own. It is at an entry where the cursor of one range is; the
 * other cursors wait.
 *
 * <p>Example: a=1 and b=2 in [, c), and d=3 in [c, ∞): {@code next} at b moves to d, {@code seekBefore("d")} from there to b.
 */
final class TierCursor implements Cursor {
    /**
     * A range and a cursor over its keys.
     *
     * @param range the keys
     * @param cursor over nothing else
     */
    record Part(KeyRange range, Cursor cursor) {}

    private final List<Part> parts;
    private int at; // the part whose cursor this one is at
    private Cursor cursor; // of this part
    private boolean closed;

    /** A cursor at no entry, which closes those of its parts with itself. There is at least one part. */
    TierCursor(List<Part> parts) {
        this.parts = parts;
        this.cursor = parts.get(0).cursor;
    }

    @Override
    public boolean isValid() {
        checkOpen();
        return cursor.isValid();
    }

    @Override
    public void seekToFirst() {
        checkOpen();
        goTo(0);
        cursor.seekToFirst();
        goOnForward();
    }

    @Override
    public void seekToLast() {
        checkOpen();
        goTo(parts.size() - 1);
        cursor.seekToLast();
        goOnBackward();
    }

    @Override
    public void seek(Slice key) {
        checkOpen();
        int part = 0;
        while (part + 1 < parts.size() && parts.get(part + 1).range.from().compareTo(key) <= 0) {
            part++;
        }
        goTo(part);
        cursor.seek(key);
        goOnForward();
    }

    @Override
    public void seekBefore(Slice key) {
        checkOpen();
        int part = parts.size() - 1;
        while (part > 0 && parts.get(part).range.from().compareTo(key) >= 0) {
            part--;
        }
        goTo(part);
        cursor.seekBefore(key);
        goOnBackward();
    }

    @Override
    public void next() {
        checkOpen();
        cursor.next();
        goOnForward();
    }

    @Override
    public void prev() {
        checkOpen();
        cursor.prev();
        goOnBackward();
    }

    @Override
    public Slice key() {
        checkOpen();
        return cursor.key();
    }

    @Override
    public Slice value() {
        checkOpen();
        return cursor.value();
    }

    @Override
    public void close() {
        closed = true;
        parts.forEach(part -> part.cursor.close());
    }

    private void goTo(int part) {
        at = part;
        cursor = parts.get(part).cursor;
    }

    /** To the first entry of the next part that has one. */
    private void goOnForward() {
        while (at + 1 < parts.size() && !cursor.isValid()) {
            goTo(at + 1);
            cursor.seekToFirst();
        }
    }

    /** To the last entry of the part before that has one. */
    private void goOnBackward() {
        while (at > 0 && !cursor.isValid()) {
            goTo(at - 1);
            cursor.seekToLast();
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the cursor is closed");
        }
    }
}
