// exercise: 2.6
// type: storagelab.cursor.TableCursor
// verdict: accepted
// because: a list iterator between the entries is a position, too
// replace: type
package storagelab.cursor;

import java.util.Comparator;
import java.util.List;
import java.util.ListIterator;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.bounds.Bounds;
import storagelab.api.Entry;
import storagelab.sortedlog.SortedTable;

public final class TableCursor implements EntryCursor {
    private final SortedTable table;
    private final Comparator<? super Slice> order;
    private static final int LAST = Integer.MAX_VALUE;

    private int loaded = -1;
    private List<Entry> entries = List.of();
    private ListIterator<Entry> behind = entries.listIterator();
    private @Nullable Entry at;
    private boolean closed;

    public TableCursor(SortedTable table) {
        this(table, Comparator.naturalOrder());
    }

    public TableCursor(SortedTable table, Comparator<? super Slice> order) {
        this.table = table;
        this.order = order;
    }

    @Override
    public boolean isValid() {
        open();
        return at != null;
    }

    @Override
    public void seekToFirst() {
        open();
        enter(0, 0);
    }

    @Override
    public void seekToLast() {
        open();
        enter(table.blockCount() - 1, LAST);
    }

    @Override
    public void seek(Slice key) {
        open();
        at = null;
        if (order.compare(table.info().largest(), key) < 0) {
            return;
        }
        int behind = Bounds.partitionPoint(table.blockCount(), i -> order.compare(table.firstKey(i), key) <= 0);
        load(Math.max(0, behind - 1));
        int less = Bounds.partitionPoint(entries.size(), i -> order.compare(entries.get(i).key(), key) < 0);
        if (less < entries.size()) {
            enter(loaded, less);
        } else {
            enter(loaded + 1, 0);
        }
    }

    @Override
    public void seekBefore(Slice key) {
        open();
        at = null;
        int behind = Bounds.partitionPoint(table.blockCount(), i -> order.compare(table.firstKey(i), key) < 0);
        if (behind > 0) {
            load(behind - 1);
            enter(loaded, Bounds.partitionPoint(entries.size(), i -> order.compare(entries.get(i).key(), key) < 0) - 1);
        }
    }

    @Override
    public void next() {
        entry();
        if (behind.hasNext()) {
            at = behind.next();
        } else {
            enter(loaded + 1, 0);
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
            enter(loaded - 1, LAST);
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

    private void enter(int block, int place) {
        at = null;
        if (block < 0 || block >= table.blockCount()) {
            return;
        }
        load(block);
        behind = entries.listIterator(Math.min(place, entries.size() - 1));
        at = behind.next();
    }

    private void load(int block) {
        if (block != loaded) {
            entries = table.readBlock(block);
            loaded = block;
        }
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
