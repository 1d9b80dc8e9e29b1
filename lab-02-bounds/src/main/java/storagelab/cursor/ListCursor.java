package storagelab.cursor;

import java.util.List;
import storagelab.api.Entry;
import storagelab.api.Slice;

/**
 * A cursor over sorted entries in memory, tombstones included.
 *
 * <p>Cost: a step takes constant time and allocates nothing; a seek compares ⌊log₂ n⌋ + 1 keys at most.
 */
public final class ListCursor implements EntryCursor {
    private static final int NONE = -1;

    private final Entry[] entries;
    private int position = NONE;
    private boolean closed;

    /**
     * A cursor at no entry.
     *
     * @param sorted the entries, whose keys ascend; copied, so that the list may change afterwards
     */
    public ListCursor(List<Entry> sorted) {
        entries = sorted.toArray(Entry[]::new);
        assert ascends(entries) : "keys do not ascend: " + sorted;
    }

    @Override
    public boolean isValid() {
        checkOpen();
        return position != NONE;
    }

    @Override
    public void seekToFirst() {
        moveTo(0);
    }

    @Override
    public void seekToLast() {
        moveTo(entries.length - 1);
    }

    @Override
    public void seek(Slice key) {
        moveTo(countLessThan(key));
    }

    @Override
    public void seekBefore(Slice key) {
        moveTo(countLessThan(key) - 1);
    }

    @Override
    public void next() {
        checkAtEntry();
        position = position + 1 < entries.length ? position + 1 : NONE;
    }

    @Override
    public void prev() {
        checkAtEntry();
        position--; // before the first is NONE
    }

    @Override
    public Slice key() {
        checkAtEntry();
        return entries[position].key();
    }

    @Override
    public Slice value() {
        checkAtEntry();
        return entries[position].value();
    }

    @Override
    public boolean isTombstone() {
        checkAtEntry();
        return entries[position].tombstone();
    }

    @Override
    public void close() {
        closed = true;
        position = NONE;
    }

    private void moveTo(int index) {
        checkOpen();
        position = index >= 0 && index < entries.length ? index : NONE;
    }

    private int countLessThan(Slice key) {
        int low = 0;
        int high = entries.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (entries[middle].key().compareTo(key) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void checkAtEntry() {
        if (position == NONE) {
            checkOpen();
            throw new IllegalStateException("the cursor is at no entry");
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the cursor is closed");
        }
    }

    private static boolean ascends(Entry[] entries) {
        for (int i = 1; i < entries.length; i++) {
            if (entries[i - 1].key().compareTo(entries[i].key()) >= 0) {
                return false;
            }
        }
        return true;
    }
}
