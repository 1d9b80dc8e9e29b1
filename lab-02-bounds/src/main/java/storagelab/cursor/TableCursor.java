package storagelab.cursor;

import java.util.Comparator;
import java.util.List;
import storagelab.api.Entry;
import storagelab.api.Slice;
import storagelab.bounds.Bounds;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.sortedlog.SortedTable;

/**
 * A cursor over a sorted table, tombstones included, with one block of it in memory.
 *
 * <p>A position is a block, the entries of that block, and an index among them. Within the block a step changes the index;
 * at its end the next block is read ({@link SortedTable#readBlock}), at its beginning the one before. A seek asks the
 * table's index in memory ({@link SortedTable#firstKey}) which block to read.
 *
 * <p>Example: a table of two blocks, {@code {apple, fig}} and {@code {grape, kiwi}}.
 *
 * <pre>{@code
 * seek("fig")         at fig     the last block that begins at or before fig is the first; reads it
 * next()              at grape   reads the second
 * next()              at kiwi    reads nothing
 * next()              at none    reads nothing
 * seek("fish")        at grape   fish would be in the first block, but all of it is less: reads the first, then the second
 * seekBefore("grape") at fig     the last block that begins before grape is the first; reads it
 * seek("aardvark")    at apple   no block begins at or before it, so it is the first entry of all; it has that block
 * }</pre>
 *
 * <p>Cost: {@code next} and {@code prev} read one block when they leave theirs, and nothing otherwise. {@code seekToFirst},
 * {@code seekToLast} and {@code seekBefore} read at most one block. {@code seek} reads at most one, and a second one only if
 * the key is greater than everything in the first. The block in memory is not read again: a seek into it reads nothing, and
 * neither does one to a key above the largest or below the smallest with nothing there to find. A seek compares at most
 * ⌊log₂ blocks⌋ + 1 keys of the index and ⌊log₂ entries⌋ + 1 keys of the block, and two more.
 *
 * <p>Errors: {@link storagelab.api.CorruptionException} if the block that a call reads is damaged. The cursor is at no entry
 * then, as if it had run off an end; it can be positioned again, on any block that is whole. A cursor never skips a damaged
 * block.
 *
 * <p>Closing the cursor does not close the table.
 */
@Exercise(
        id = "2.6",
        title = "Walk through a table in both directions",
        points = 10,
        difficulty = Difficulty.MEDIUM,
        hours = 3,
        needs = {"1.5", "2.1"})
public final class TableCursor implements EntryCursor {
    private static final int NONE = -1;

    private final SortedTable table;
    private final Comparator<? super Slice> order;
    private int block = NONE; // whose entries are in memory
    private List<Entry> entries = List.of();
    private int index = NONE; // among the entries
    private boolean closed;

    /** A cursor at no entry; nothing is read. */
    public TableCursor(SortedTable table) {
        this(table, Comparator.naturalOrder());
    }

    /**
     * The same with an order of keys that can count: it orders them as the table does, and keys are compared with {@code
     * order} alone.
     */
    public TableCursor(SortedTable table, Comparator<? super Slice> order) {
        this.table = table;
        this.order = order;
    }

    @Override
    public boolean isValid() {
        checkOpen();
        return index != NONE;
    }

    @Override
    public void seekToFirst() {
        checkOpen();
        moveToFirstOf(0);
    }

    @Override
    public void seekToLast() {
        checkOpen();
        moveToLastOf(table.blockCount() - 1);
    }

    @Override
    public void seek(Slice key) {
        checkOpen();
        index = NONE;
        if (order.compare(key, table.info().largest()) > 0) {
            return;
        }
        int beginAtOrBefore =
                Bounds.partitionPoint(table.blockCount(), i -> order.compare(table.firstKey(i), key) <= 0);
        if (beginAtOrBefore == 0) {
            moveToFirstOf(0);
            return;
        }
        load(beginAtOrBefore - 1);
        int less = countLessThan(key);
        if (less < entries.size()) {
            index = less;
        } else {
            moveToFirstOf(beginAtOrBefore);
        }
    }

    @Override
    public void seekBefore(Slice key) {
        checkOpen();
        index = NONE;
        int beginBefore = Bounds.partitionPoint(table.blockCount(), i -> order.compare(table.firstKey(i), key) < 0);
        if (beginBefore > 0) {
            load(beginBefore - 1);
            index = countLessThan(key) - 1;
        }
    }

    @Override
    public void next() {
        checkAtEntry();
        if (index + 1 < entries.size()) {
            index++;
        } else {
            moveToFirstOf(block + 1);
        }
    }

    @Override
    public void prev() {
        checkAtEntry();
        if (index > 0) {
            index--;
        } else {
            moveToLastOf(block - 1);
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
        index = NONE;
        entries = List.of();
    }

    private void moveToFirstOf(int target) {
        index = NONE;
        if (target < table.blockCount()) {
            load(target);
            index = 0;
        }
    }

    private void moveToLastOf(int target) {
        index = NONE;
        if (target >= 0) {
            load(target);
            index = entries.size() - 1;
        }
    }

    private void load(int target) {
        if (block != target) {
            entries = table.readBlock(target); // may throw: block and entries still belong together then
            block = target;
        }
    }

    private int countLessThan(Slice key) {
        return Bounds.partitionPoint(
                entries.size(), i -> order.compare(entries.get(i).key(), key) < 0);
    }

    private Entry entry() {
        checkAtEntry();
        return entries.get(index);
    }

    private void checkAtEntry() {
        checkOpen();
        if (index == NONE) {
            throw new IllegalStateException("the cursor is at no entry");
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the cursor is closed");
        }
    }
}
