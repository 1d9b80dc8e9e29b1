package storagelab.feed.experiment;

import java.util.List;
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
import storagelab.api.StoreStats;
import storagelab.api.WriteBatch;

/**
 * A cluster in memory that gives each machine a range of the keys, and counts what each machine does. Nothing is sent
 * anywhere: it is about who would have to work.
 *
 * <p>A cursor walks over the entries as they are, not as they were when it was made: enough for an experiment on one thread.
 */
final class Machines implements OrderedStore {
    private final NavigableMap<Slice, Slice> content = new TreeMap<>();
    private final NavigableMap<Slice, Integer> machineByFirstKey = new TreeMap<>();
    private final long[] writes;
    private long seeks;

    /**
     * @param count how many machines
     * @param firstKeys where the range of each begins, ascending; that of the first is the empty key. Machines without one
     *     have nothing to do
     */
    Machines(int count, List<Slice> firstKeys) {
        for (Slice firstKey : firstKeys) {
            machineByFirstKey.put(firstKey, machineByFirstKey.size());
        }
        writes = new long[count];
    }

    /** How many times the mean of all machines the busiest machine wrote. */
    double busiest() {
        long sum = 0;
        long max = 0;
        for (long count : writes) {
            sum += count;
            max = Math.max(max, count);
        }
        return (double) max * writes.length / sum;
    }

    /** How many times a cursor was positioned. */
    long seeks() {
        return seeks;
    }

    @Override
    public Optional<Slice> get(Slice key) {
        return Optional.ofNullable(content.get(key));
    }

    @Override
    public void write(WriteBatch batch, Durability durability) {
        for (WriteBatch.Operation operation : batch.operations()) {
            writes[machineByFirstKey.floorEntry(operation.key()).getValue()]++;
            if (operation instanceof WriteBatch.Put put) {
                content.put(put.key(), put.value());
            } else {
                content.remove(operation.key());
            }
        }
    }

    @Override
    public Cursor cursor(KeyRange range) {
        Slice to = range.to();
        return new MapCursor(
                to == null ? content.tailMap(range.from(), true) : content.subMap(range.from(), true, to, false));
    }

    @Override
    public StoreStats stats() {
        return new StoreStats(Map.of(), LatencySummary.NONE, LatencySummary.NONE);
    }

    @Override
    public void close() {}

    /** A cursor over a part of the content. */
    private final class MapCursor implements Cursor {
        private final NavigableMap<Slice, Slice> entries;
        private Map.@Nullable Entry<Slice, Slice> current;

        MapCursor(NavigableMap<Slice, Slice> entries) {
            this.entries = entries;
        }

        @Override
        public boolean isValid() {
            return current != null;
        }

        @Override
        public void seekToFirst() {
            seeks++;
            current = entries.firstEntry();
        }

        @Override
        public void seekToLast() {
            seeks++;
            current = entries.lastEntry();
        }

        @Override
        public void seek(Slice key) {
            seeks++;
            current = entries.ceilingEntry(key);
        }

        @Override
        public void seekBefore(Slice key) {
            seeks++;
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
            current = null;
        }

        private Map.Entry<Slice, Slice> entry() {
            if (current == null) {
                throw new IllegalStateException("the cursor is at no entry");
            }
            return current;
        }
    }
}
