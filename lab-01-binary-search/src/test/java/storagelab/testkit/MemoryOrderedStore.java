package storagelab.testkit;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.KeyRange;
import storagelab.api.LatencySummary;
import storagelab.api.OrderedStore;
import storagelab.api.Slice;
import storagelab.api.StoreClosedException;
import storagelab.api.StoreStats;
import storagelab.api.WriteBatch;

/**
 * An ordered store in memory that is right, for testing what is built on stores. A cursor copies its range when it is made.
 *
 * <p>Concurrency: safe for many threads.
 */
public class MemoryOrderedStore implements OrderedStore {
    private final NavigableMap<Slice, Slice> content = new TreeMap<>();
    private boolean closed;

    @Override
    public synchronized Optional<Slice> get(Slice key) {
        failIfClosed();
        return Optional.ofNullable(content.get(key));
    }

    @Override
    public synchronized void write(WriteBatch batch, Durability durability) {
        failIfClosed();
        for (WriteBatch.Operation operation : batch.operations()) {
            if (operation instanceof WriteBatch.Put put) {
                content.put(put.key(), put.value());
            } else {
                content.remove(operation.key());
            }
        }
    }

    @Override
    public synchronized Cursor cursor(KeyRange range) {
        failIfClosed();
        Slice to = range.to();
        NavigableMap<Slice, Slice> inRange =
                to == null ? content.tailMap(range.from(), true) : content.subMap(range.from(), true, to, false);
        return new MapCursor(new TreeMap<>(inRange));
    }

    @Override
    public StoreStats stats() {
        return new StoreStats(Map.of(), LatencySummary.NONE, LatencySummary.NONE);
    }

    @Override
    public synchronized void close() {
        closed = true;
    }

    private synchronized void failIfClosed() {
        if (closed) {
            throw new StoreClosedException("the memory store");
        }
    }

    /** A cursor over a map that nobody changes. */
    private final class MapCursor implements Cursor {
        private final NavigableMap<Slice, Slice> entries;
        private Map.@Nullable Entry<Slice, Slice> current;
        private boolean closed;

        MapCursor(NavigableMap<Slice, Slice> entries) {
            this.entries = entries;
        }

        @Override
        public boolean isValid() {
            checkOpen();
            return current != null;
        }

        @Override
        public void seekToFirst() {
            checkOpen();
            current = entries.firstEntry();
        }

        @Override
        public void seekToLast() {
            checkOpen();
            current = entries.lastEntry();
        }

        @Override
        public void seek(Slice key) {
            checkOpen();
            current = entries.ceilingEntry(key);
        }

        @Override
        public void seekBefore(Slice key) {
            checkOpen();
            current = entries.lowerEntry(key);
        }

        @Override
        public void next() {
            current = entries.higherEntry(key());
        }

        @Override
        public void prev() {
            current = entries.lowerEntry(key());
        }

        @Override
        public Slice key() {
            return entry().getKey();
        }

        @Override
        public Slice value() {
            return entry().getValue();
        }

        @Override
        public void close() {
            closed = true;
            current = null;
        }

        private Map.Entry<Slice, Slice> entry() {
            checkOpen();
            if (current == null) {
                throw new IllegalStateException("the cursor is at no entry");
            }
            return current;
        }

        private void checkOpen() {
            failIfClosed();
            if (closed) {
                throw new IllegalStateException("the cursor is closed");
            }
        }
    }
}
