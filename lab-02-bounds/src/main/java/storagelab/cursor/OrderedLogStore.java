package storagelab.cursor;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import storagelab.api.Cursor;
import storagelab.api.Entry;
import storagelab.api.KeyRange;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.course.Solution;
import storagelab.sortedlog.FrozenMemtable;
import storagelab.sortedlog.MapMemtable;
import storagelab.sortedlog.Memtable;
import storagelab.sortedlog.SortedLogOptions;
import storagelab.sortedlog.SortedLogStore;
import storagelab.sortedlog.SortedTable;
import storagelab.sortedlog.Sources;
import storagelab.sortedlog.StoreParts;
import storagelab.sortedlog.TableInfo;

/**
 * Lab 1's store with cursors. A cursor shows the store as it was when the cursor was made, while writers write, memtables
 * are written out as tables, and tables are merged away.
 *
 * <p>Concurrency: safe for many threads. A cursor is made between two writes and waits for the one that is under way.
 */
public final class OrderedLogStore extends PinningLogStore {
    private OrderedLogStore(SortedLogStore store, TablePins pins) {
        super(store, pins);
    }

    /** Opens the store in {@code directory}, as {@link SortedLogStore#open(Path, SortedLogOptions)} does. */
    public static OrderedLogStore open(Path directory, SortedLogOptions options) {
        return open(directory, options, MapMemtable::new);
    }

    /** Opens the store with memtables of another kind. */
    public static OrderedLogStore open(
            Path directory, SortedLogOptions options, Supplier<? extends Memtable> memtables) {
        TablePins pins = new TablePins();
        return new OrderedLogStore(SortedLogStore.open(directory, options, new StoreParts(memtables, pins)), pins);
    }

    /**
     * {@inheritDoc}
     *
     * <p>What a cursor has to look at is in the {@link Sources} of the store, which {@link SortedLogStore#look} and {@link
     * SortedLogStore#lookBetweenWrites} show. It changes under your hands in three ways, and each has its answer:
     *
     * <ul>
     *   <li><em>The active memtable takes writes.</em> Copy those of its entries that are in the range, between two writes. If a
     *       writer were let in halfway, you could copy a later write and miss an earlier one: no state the store was ever in.
     *   <li><em>A frozen memtable becomes a table.</em> It is dropped then, but does not change. Hold on to it; if you copy
     *       it, do so when writers are let in again.
     *   <li><em>A table is merged away</em>, and its file deleted. {@linkplain TablePins#pin Pin} it while you look, {@linkplain
     *       TablePins#unpin unpin} it when the cursor is closed.
     * </ul>
     *
     * <p>Sources that cannot have a key of the range are left out, tables by {@link TableInfo#meets}: a cursor over a
     * few posts does not keep every file of the store.
     *
     * <p>Then it is a {@link MergingCursor} over a {@link ListCursor} for each memtable and a {@link TableCursor} for each
     * table, newest first; a {@link RangeCursor} keeps it in the range; a {@link StoreCursor} sees to its end, with {@link
     * SortedLogStore#checkOpen}.
     *
     * <p>Example: {@code a=1} and {@code b=1} are in a table, {@code b=2} is in the active memtable. The cursor has a=1 and
     * b=2. Now b is deleted, the memtable is flushed, and the two tables are merged into a third. The cursor still has a=1 and
     * b=2; the first table is closed and its file deleted when the cursor is closed. A new cursor has a=1.
     *
     * <p>If anything throws before you return, nothing stays pinned.
     *
     * <p>Cost: making a cursor reads no block; writers wait for O(log n + entries of the active memtable in the range). A seek
     * reads at most two blocks of each table that meets the range, and a step at most one, of the table it steps in.
     */
    @Exercise(
            id = "2.8",
            title = "A consistent view of a store at work",
            points = 14,
            difficulty = Difficulty.HARD,
            hours = 4,
            needs = {"1.6", "1.7", "1.8", "1.9", "1.10", "2.6", "2.7"})
    @Override
    public Cursor cursor(KeyRange range) {
        View view = store.lookBetweenWrites(sources -> lookAt(sources, range));
        try {
            List<EntryCursor> newestFirst = new ArrayList<>();
            newestFirst.add(new ListCursor(view.active));
            view.frozen.forEach(frozen -> newestFirst.add(new ListCursor(copy(frozen.memtable(), range))));
            view.tables.forEach(table -> newestFirst.add(new TableCursor(table)));
            Cursor entries = new RangeCursor(new MergingCursor(newestFirst), range);
            return new StoreCursor(entries, store::checkOpen, () -> pins.unpin(view.tables));
        } catch (RuntimeException | Error e) {
            pins.unpin(view.tables);
            throw e;
        }
    }

    /** What a cursor is made of. Its tables are pinned. */
    @Solution
    private record View(List<Entry> active, List<FrozenMemtable> frozen, List<SortedTable> tables) {}

    /** What the cursor needs of the sources, between two writes. */
    @Solution
    private View lookAt(Sources sources, KeyRange range) {
        List<Entry> active = copy(sources.active(), range);
        List<SortedTable> tables = sources.tables().stream()
                .filter(table -> table.info().meets(range))
                .toList();
        pins.pin(tables); // last, so that nothing that throws leaves a table pinned
        return new View(active, sources.frozen(), tables);
    }

    @Solution
    private static List<Entry> copy(Memtable memtable, KeyRange range) {
        return ImmutableList.copyOf(memtable.entries(range));
    }
}
