// exercise: 2.6
// type: storagelab.cursor.TableCursor
// verdict: accepted
// because: a list iterator between the entries is a position, too
// replace: type
package storagelab.cursor;

import java.util.List;
import java.util.ListIterator;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.sortedlog.Entry;
import storagelab.sortedlog.SortedTable;

public final class TableCursor implements EntryCursor {
    private final SortedTable table;
    private int loaded = -1;
    private List<Entry> entries = List.of();
    private ListIterator<Entry> behind = entries.listIterator();
    private @Nullable Entry at;
    private boolean closed;

    public TableCursor(SortedTable table) {
        this.table = table;
    }

    @Override
    public boolean isValid() {
        open();
        return at != null;
    }

    @Override
    public void seekToFirst() {
        open();
        enter(0, true);
    }

    @Override
    public void seekToLast() {
        open();
        enter(table.blockCount() - 1, false);
    }

    @Override
    public void seek(Slice key) {
        open();
        at = null;
        if (table.info().largest().compareTo(key) < 0) {
            return;
        }
        int block = table.blockCount() - 1;
        while (block > 0 && table.firstKey(block).compareTo(key) > 0) {
            block--;
        }
        for (enter(block, true); at != null && at.key().compareTo(key) < 0; ) {
            next();
        }
    }

    @Override
    public void seekBefore(Slice key) {
        open();
        at = null;
        int block = table.blockCount() - 1;
        while (block >= 0 && table.firstKey(block).compareTo(key) >= 0) {
            block--;
        }
        for (enter(block, false); at != null && at.key().compareTo(key) >= 0; ) {
            prev();
        }
    }

    @Override
    public void next() {
        entry();
        if (behind.hasNext()) {
            at = behind.next();
        } else {
            enter(loaded + 1, true);
        }
    }

    @Override
    public void prev() {
        entry();
        behind.previous();
        if (behind.hasPrevious()) {
            behind.previous();
            at = behind.next();
        } else {
            enter(loaded - 1, false);
        }
    }

    @Override
    public Slice key() {
        return entry().key();
    }

    @Override
    public Slice value() {
        return entry().value();
    }

    @Override
    public boolean isTombstone() {
        return entry().tombstone();
    }

    @Override
    public void close() {
        closed = true;
    }

    private void enter(int block, boolean atItsFirst) {
        at = null;
        if (block < 0 || block >= table.blockCount()) {
            return;
        }
        if (block != loaded) {
            entries = table.readBlock(block);
            loaded = block;
        }
        behind = entries.listIterator(atItsFirst ? 0 : entries.size() - 1);
        at = behind.next();
    }

    private Entry entry() {
        open();
        if (at == null) {
            throw new IllegalStateException("not at an entry");
        }
        return at;
    }

    private void open() {
        if (closed) {
            throw new IllegalStateException("closed");
        }
    }
}
