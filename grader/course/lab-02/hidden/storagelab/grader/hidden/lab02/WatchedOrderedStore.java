package storagelab.grader.hidden.lab02;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.KeyRange;
import storagelab.api.OrderedStore;
import storagelab.api.Slice;
import storagelab.api.StoreStats;
import storagelab.api.WriteBatch;
import storagelab.cursor.ForwardingCursor;
import storagelab.testkit.MemoryOrderedStore;

/**
 * An ordered store in memory that counts what is asked of it, and lets a test act between any two calls.
 *
 * <p>Concurrency: the counts are for one thread.
 */
final class WatchedOrderedStore implements OrderedStore {
    private final MemoryOrderedStore store = new MemoryOrderedStore();
    private final List<KeyRange> ranges = new ArrayList<>();
    private Runnable beforeEachMove = () -> {};
    private Runnable afterEachClose = () -> {};
    private int gets;
    private int seeks;
    private int steps;
    private int open;

    /** Lets {@code action} run before every seek and every step of every cursor. */
    void beforeEachMove(Runnable action) {
        beforeEachMove = action;
    }

    /** Lets {@code action} run after a cursor was closed; what it throws is thrown by {@code close}. */
    void afterEachClose(Runnable action) {
        afterEachClose = action;
    }

    /** Forgets what was counted; cursors that are open stay open. */
    void startCounting() {
        ranges.clear();
        gets = 0;
        seeks = 0;
        steps = 0;
    }

    /** The ranges of the cursors that were asked for. */
    List<KeyRange> ranges() {
        return List.copyOf(ranges);
    }

    /** Number of gets. */
    int gets() {
        return gets;
    }

    /** Number of times a cursor was positioned by a key, or at an end. */
    int seeks() {
        return seeks;
    }

    /** Number of times a cursor was moved by one. */
    int steps() {
        return steps;
    }

    /** Number of cursors that were not closed yet. */
    int openCursors() {
        return open;
    }

    @Override
    public Optional<Slice> get(Slice key) {
        gets++;
        return store.get(key);
    }

    @Override
    public void write(WriteBatch batch, Durability durability) {
        store.write(batch, durability);
    }

    @Override
    public StoreStats stats() {
        return store.stats();
    }

    @Override
    public void close() {
        store.close();
    }

    @Override
    public Cursor cursor(KeyRange range) {
        ranges.add(range);
        open++;
        return new WatchedCursor(store.cursor(range));
    }

    /** A cursor that counts its moves. */
    private final class WatchedCursor extends ForwardingCursor {
        private boolean closed;

        WatchedCursor(Cursor entries) {
            super(entries);
        }

        @Override
        public void seekToFirst() {
            beforeSeek();
            entries.seekToFirst();
        }

        @Override
        public void seekToLast() {
            beforeSeek();
            entries.seekToLast();
        }

        @Override
        public void seek(Slice key) {
            beforeSeek();
            entries.seek(key);
        }

        @Override
        public void seekBefore(Slice key) {
            beforeSeek();
            entries.seekBefore(key);
        }

        @Override
        public void next() {
            beforeStep();
            entries.next();
        }

        @Override
        public void prev() {
            beforeStep();
            entries.prev();
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                open--;
            }
            entries.close();
            afterEachClose.run();
        }

        private void beforeSeek() {
            seeks++;
            beforeEachMove.run();
        }

        private void beforeStep() {
            steps++;
            beforeEachMove.run();
        }
    }
}
