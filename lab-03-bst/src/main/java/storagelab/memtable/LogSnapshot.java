package storagelab.memtable;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import storagelab.api.Cursor;
import storagelab.api.Entry;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.Snapshot;
import storagelab.api.StorageException;
import storagelab.course.ExercisePart;
import storagelab.cursor.EntryCursor;
import storagelab.cursor.MergingCursor;
import storagelab.cursor.RangeCursor;
import storagelab.cursor.StoreCursor;
import storagelab.cursor.TableCursor;
import storagelab.cursor.TablePins;
import storagelab.sortedlog.SortedLogStore;
import storagelab.sortedlog.SortedTable;
import storagelab.sortedlog.Sources;

/**
 * A snapshot of a {@link SnapshotLogStore}: a sequence number, the memtables there were, and the tables, which it pins.
 *
 * <p>Why that is enough: a table never changes. A memtable that was frozen never changes. The one that was active may get
 * more entries, but they have greater numbers, and what they replace stays beside them. So nothing has to be copied, and
 * nothing has to be told to the memtables: a version is there as long as somebody has the memtable that it is in. The price
 * is that the snapshot of a single key holds all of them; {@code ./lab demo 3.snapshot-cost} measures it.
 *
 * <p>All the memtables of a store are {@link VersionedMemtable}s and draw their numbers from one counter, so that one
 * sequence is right for all of them.
 *
 * <p>Example: the active memtable has {@code a=1} (number 1) and {@code a=2} (number 2) when the snapshot is taken, a table has
 * {@code b=0}. Afterwards {@code a†} (number 3) and {@code b=4} (number 4) are put into the same memtable, and it is flushed and
 * merged with the table. {@code get("a")} is 2: it asks the memtable as of 2. {@code get("b")} is 0: the memtable has nothing
 * under b as of 2, and the table, whose file is still there, has b=0. A cursor has a=2 and b=0.
 *
 * <p>Cost: a get asks each memtable and each table once at most, the newest first, until one knows the key: one block from
 * each table that covers it, as a get of the store. A cursor is made in O(memtables + tables) and reads no block; tables
 * without a key in its range it leaves out.
 *
 * <p>Errors: as {@link Snapshot} says, and none of them has the words of a channel or a file in it when the truth is that the
 * snapshot or the store was closed by another thread. While both are open, a table that cannot be read is a
 * {@link StorageException}, as in a get of the store. A snapshot is closed by {@code close} even if a table that it kept
 * cannot be deleted.
 */
@ExercisePart("3.8")
public final class LogSnapshot implements Snapshot {
    private final SortedLogStore store;
    private final TablePins pins;
    private volatile @Nullable Moment moment; // null when closed

    /**
     * The state that {@code sources} has now. Called under {@link SortedLogStore#look}.
     *
     * @param store which says whether it is still open
     * @param pins which keep the tables
     */
    public LogSnapshot(SortedLogStore store, TablePins pins, Sources sources) {
        this.store = store;
        this.pins = pins;
        Moment now = Moment.of(sources);
        pins.pin(now.tables);
        this.moment = now;
    }

    @Override
    public Optional<Slice> get(Slice key) {
        Moment then = moment();
        try {
            return then.find(key).filter(entry -> !entry.tombstone()).map(Entry::value);
        } catch (StorageException e) {
            moment(); // says so if the table was closed under our hands
            throw e;
        }
    }

    /** {@inheritDoc} The cursor pins the tables of its range for itself. */
    @Override
    public synchronized Cursor cursor(KeyRange range) {
        Moment then = moment(); // and not closed, nor the tables removed, before this returns
        List<SortedTable> tables =
                then.tables.stream().filter(table -> table.info().meets(range)).toList();
        List<EntryCursor> newestFirst = new ArrayList<>();
        then.memtables.forEach(memtable -> newestFirst.add(memtable.cursor(then.sequence)));
        tables.forEach(table -> newestFirst.add(new TableCursor(table)));
        Cursor entries = new RangeCursor(new MergingCursor(newestFirst), range);
        pins.pin(tables);
        return new StoreCursor(entries, store::checkOpen, () -> pins.unpin(tables));
    }

    /** Memory that the memtables it holds take now, whoever else holds them; 0 when it is closed. */
    public long memtableBytes() {
        Moment then = moment;
        return then == null
                ? 0
                : then.memtables.stream().mapToLong(SkipListMemtable::sizeBytes).sum();
    }

    @Override
    public synchronized void close() {
        Moment then = moment;
        if (then != null) {
            moment = null; // first, so that a get whose table is removed knows why
            pins.unpin(then.tables);
        }
    }

    private Moment moment() {
        Moment then = moment;
        if (then == null) {
            throw new IllegalStateException("the snapshot is closed");
        }
        store.checkOpen();
        return then;
    }

    /** What was there: in the memtables, newest first, up to a sequence; and in the tables, newest first. */
    private record Moment(List<SkipListMemtable> memtables, long sequence, List<SortedTable> tables) {
        static Moment of(Sources sources) {
            VersionedMemtable active = (VersionedMemtable) sources.active();
            List<SkipListMemtable> memtables = new ArrayList<>();
            memtables.add(active.versions());
            sources.frozen().forEach(frozen -> memtables.add(((VersionedMemtable) frozen.memtable()).versions()));
            return new Moment(List.copyOf(memtables), active.visibleSequence(), sources.tables());
        }

        Optional<Entry> find(Slice key) {
            Optional<Entry> found = Optional.empty();
            for (Iterator<SkipListMemtable> rest = memtables.iterator(); found.isEmpty() && rest.hasNext(); ) {
                found = rest.next().get(key, sequence);
            }
            for (Iterator<SortedTable> rest = tables.iterator(); found.isEmpty() && rest.hasNext(); ) {
                found = rest.next().get(key);
            }
            return found;
        }
    }
}
