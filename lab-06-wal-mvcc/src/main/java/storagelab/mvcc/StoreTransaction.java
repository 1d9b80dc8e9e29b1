package storagelab.mvcc;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.EngineSnapshot;
import storagelab.api.Isolation;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.Transaction;
import storagelab.course.ExercisePart;
import storagelab.course.Given;
import storagelab.cursor.LiveEntries;
import storagelab.cursor.MergingCursor;
import storagelab.cursor.RangeCursor;
import storagelab.cursor.StoreCursor;

/**
 * A transaction: a view for its reads, and its writes in memory until it commits ({@link WriteSet}, which is given).
 *
 * <p>A read looks among the transaction's own writes first, then in the view. A cursor merges the two: the own writes are
 * the newer source of a {@link MergingCursor}, a delete is a tombstone, and the view's entries are {@link LiveEntries}.
 * The store and other transactions see nothing of the writes until {@link #commit}.
 *
 * <p>A savepoint copies nothing: {@link WriteSet} never changes, so the set of that moment is kept.
 *
 * <p>A {@link Isolation#SERIALIZABLE} transaction remembers what it has read of the view, for exercise 6.9: a get adds
 * its key to {@code reads}, and the view's cursor is wrapped in a {@link TrackingCursor}. What it reads of its own writes
 * depends on no other transaction, and is not remembered. A {@link Isolation#SNAPSHOT} transaction remembers nothing.
 *
 * <p>When it ends, by whichever call, every cursor that is open is closed, and so is the view, so that no version is kept
 * for it.
 *
 * <p>Concurrency: one thread at a time.
 */
@ExercisePart("6.8")
public final class StoreTransaction implements Transaction {
    @Given
    private final TransactionManager manager;

    @Given
    private final EngineSnapshot view;

    @Given
    private final Isolation isolation;

    @Given
    private final ReadSet reads = new ReadSet();

    private final List<Moment> savepoints = new ArrayList<>();

    private final Set<Cursor> cursors = new HashSet<>(); // that are open

    private WriteSet writes = WriteSet.EMPTY;

    private boolean ended;

    /** What was written when a savepoint was made. Each is an object of its own, though two may have equal writes. */
    private static final class Moment implements Savepoint {
        private final WriteSet writes;

        private Moment(WriteSet writes) {
            this.writes = writes;
        }
    }

    @Given
    StoreTransaction(TransactionManager manager, EngineSnapshot view, Isolation isolation) {
        this.manager = manager;
        this.view = view;
        this.isolation = isolation;
    }

    @Override
    public Optional<Slice> get(Slice key) {
        checkOpen();
        Optional<Slice> own = writes.get(key);
        if (own != null) {
            return own;
        }
        if (isolation == Isolation.SERIALIZABLE) {
            reads.add(key);
        }
        return view.get(key);
    }

    @Override
    public void put(Slice key, Slice value) {
        checkOpen();
        writes = writes.put(key, value);
    }

    @Override
    public void delete(Slice key) {
        checkOpen();
        writes = writes.delete(key);
    }

    @Override
    public Cursor cursor(KeyRange range) {
        checkOpen();
        Cursor entries = view.cursor(range);
        if (isolation == Isolation.SERIALIZABLE) {
            entries = new TrackingCursor(entries, range, reads::add);
        }
        if (!writes.isEmpty()) {
            Cursor merged = new MergingCursor(List.of(writes.cursor(), new LiveEntries(entries)));
            entries = new RangeCursor(merged, range);
        }
        return registered(entries);
    }

    private Cursor registered(Cursor entries) {
        @Nullable Cursor[] self = new Cursor[1];
        Cursor cursor = new StoreCursor(entries, this::checkOpen, () -> cursors.remove(self[0]));
        self[0] = cursor;
        cursors.add(cursor);
        return cursor;
    }

    @Override
    public Savepoint savepoint() {
        checkOpen();
        Moment now = new Moment(writes);
        savepoints.add(now);
        return now;
    }

    @Override
    public void rollbackTo(Savepoint savepoint) {
        checkOpen();
        int index = savepoint instanceof Moment ? savepoints.indexOf(savepoint) : -1;
        if (index < 0) {
            throw new IllegalArgumentException("a savepoint that this transaction does not have, or has no more");
        }
        writes = savepoints.get(index).writes;
        savepoints.subList(index + 1, savepoints.size()).clear();
    }

    @Override
    public void commit(Durability durability) {
        checkOpen();
        try {
            manager.commit(
                    new ConflictDetector.Candidate(view.sequence(), isolation, reads, writes.toBatch()), durability);
        } finally {
            end();
        }
    }

    @Override
    public void rollback() {
        checkOpen();
        end();
    }

    @Override
    public void close() {
        if (!ended) {
            end();
        }
    }

    private void end() {
        List.copyOf(cursors).forEach(Cursor::close);
        ended = true;
        view.close();
    }

    private void checkOpen() {
        if (ended) {
            throw new IllegalStateException("the transaction has ended");
        }
    }
}
