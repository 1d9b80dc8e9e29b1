package storagelab.testkit.kv;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.EngineSnapshot;
import storagelab.api.KeyRange;
import storagelab.api.LatencySummary;
import storagelab.api.Slice;
import storagelab.api.StorageEngine;
import storagelab.api.StoreStats;
import storagelab.api.WriteBatch;
import storagelab.cursor.ForwardingCursor;
import storagelab.testkit.MemoryOrderedStore;

/**
 * An engine in memory that is right, for testing what is built on engines. A test can do something between the steps of what it
 * tests: it is told each call before it takes effect, and may call the engine itself then.
 *
 * <p>Concurrency: safe for many threads. A batch becomes visible at once.
 */
public final class MapEngine implements StorageEngine {
    /** A call of an engine. */
    public enum Call {
        /** {@link #get} is about to read. */
        GET,
        /** {@link #get} has read, and not returned. */
        GOT,
        /** {@link #cursor} is about to take its state. */
        CURSOR,
        /** {@link #cursor} has taken its state, and not returned. */
        HAS_CURSOR,
        /** {@link #apply} is about to make its batch visible. */
        APPLY,
        /** {@link #apply} has made its batch visible, and not returned. */
        APPLIED
    }

    /** One state. The map is never changed. */
    private record State(TreeMap<Slice, Slice> content, long sequence) {}

    private volatile State state = new State(new TreeMap<>(), 0);
    private volatile Consumer<Call> listener = call -> {};
    private final AtomicLong gets = new AtomicLong();
    private final AtomicLong cursors = new AtomicLong();
    private final AtomicLong openCursors = new AtomicLong();

    /** Tells {@code listener} each call from now on, in the thread that makes it. */
    public void tell(Consumer<Call> newListener) {
        this.listener = newListener;
    }

    /** How many calls of {@link #get} there were. */
    public long gets() {
        return gets.get();
    }

    /** How many cursors were made. */
    public long cursors() {
        return cursors.get();
    }

    /** How many cursors are open. */
    public long openCursors() {
        return openCursors.get();
    }

    @Override
    public Optional<Slice> get(Slice key) {
        gets.incrementAndGet();
        listener.accept(Call.GET);
        Optional<Slice> value = Optional.ofNullable(state.content.get(key));
        listener.accept(Call.GOT);
        return value;
    }

    @Override
    public void write(WriteBatch batch, Durability durability) {
        apply(state.sequence + 1, batch);
    }

    @Override
    public synchronized void apply(long sequence, WriteBatch batch) {
        if (sequence <= state.sequence) {
            throw new IllegalArgumentException("sequence " + sequence + " after " + state.sequence);
        }
        listener.accept(Call.APPLY);
        TreeMap<Slice, Slice> next = new TreeMap<>(state.content);
        for (WriteBatch.Operation operation : batch.operations()) {
            if (operation instanceof WriteBatch.Put put) {
                next.put(put.key(), put.value());
            } else {
                next.remove(operation.key());
            }
        }
        if (!batch.isEmpty()) {
            state = new State(next, sequence + batch.operations().size() - 1);
        }
        listener.accept(Call.APPLIED);
    }

    @Override
    public Cursor cursor(KeyRange range) {
        cursors.incrementAndGet();
        openCursors.incrementAndGet();
        listener.accept(Call.CURSOR);
        Cursor cursor = new Counted(cursorOf(state, range));
        listener.accept(Call.HAS_CURSOR);
        return cursor;
    }

    private static Cursor cursorOf(State state, KeyRange range) {
        MemoryOrderedStore store = new MemoryOrderedStore();
        WriteBatch all = new WriteBatch();
        state.content.forEach((key, value) -> {
            if (range.contains(key)) {
                all.put(key, value);
            }
        });
        store.write(all, Durability.BUFFERED);
        return store.cursor(range);
    }

    @Override
    public EngineSnapshot snapshot() {
        State now = state;
        return new EngineSnapshot() {
            @Override
            public long sequence() {
                return now.sequence;
            }

            @Override
            public Optional<Slice> get(Slice key) {
                return Optional.ofNullable(now.content.get(key));
            }

            @Override
            public Cursor cursor(KeyRange range) {
                return cursorOf(now, range);
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public long lastSequence() {
        return state.sequence;
    }

    @Override
    public long durableSequence() {
        return 0;
    }

    @Override
    public void checkpoint() {}

    @Override
    public StoreStats stats() {
        return new StoreStats(Map.of(), LatencySummary.NONE, LatencySummary.NONE);
    }

    @Override
    public void close() {}

    /** A cursor that is counted as open until it is closed. */
    private final class Counted extends ForwardingCursor {
        private boolean isClosed;

        private Counted(Cursor entries) {
            super(entries);
        }

        @Override
        public void close() {
            if (!isClosed) {
                isClosed = true;
                openCursors.decrementAndGet();
            }
            entries.close();
        }
    }
}
