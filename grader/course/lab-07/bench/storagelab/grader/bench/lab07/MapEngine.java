package storagelab.grader.bench.lab07;

import java.nio.file.Path;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.EngineSnapshot;
import storagelab.api.KeyRange;
import storagelab.api.LatencySummary;
import storagelab.api.Slice;
import storagelab.api.StorageEngine;
import storagelab.api.StoreStats;
import storagelab.api.WriteBatch;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineType;

/**
 * An engine that is a sorted map, and counts what it is asked for. So what is measured is what writes to it, and not pages. It has no snapshots,
 * and a checkpoint makes nothing durable.
 */
final class MapEngine implements StorageEngine {
    private final NavigableMap<Slice, Slice> content = new ConcurrentSkipListMap<>();
    private final AtomicLong gets = new AtomicLong();
    private final AtomicLong puts = new AtomicLong();
    private final AtomicLong deletes = new AtomicLong();
    private final AtomicLong batches = new AtomicLong();
    private final AtomicLong checkpoints = new AtomicLong();
    private volatile Runnable onCheckpoint = () -> {};
    private volatile long last;

    /** The type of such an engine under a name of its own. */
    record Type(String id) implements EngineType {
        @Override
        public StorageEngine open(Path directory, DurableOptions options) {
            return new MapEngine();
        }

        @Override
        public EngineSnapshot openReadOnly(Path directory, DurableOptions options) {
            throw new UnsupportedOperationException("it has no files");
        }

        @Override
        public boolean keepsVersions() {
            return true;
        }
    }

    long gets() {
        return gets.get();
    }

    long puts() {
        return puts.get();
    }

    long deletes() {
        return deletes.get();
    }

    /** Batches that were not empty. */
    long batches() {
        return batches.get();
    }

    long checkpoints() {
        return checkpoints.get();
    }

    /** How many entries there are. */
    int size() {
        return content.size();
    }

    /** Does this at the beginning of each checkpoint. */
    void onCheckpoint(Runnable action) {
        onCheckpoint = action;
    }

    @Override
    public Optional<Slice> get(Slice key) {
        gets.incrementAndGet();
        return Optional.ofNullable(content.get(key));
    }

    @Override
    public void write(WriteBatch batch, Durability durability) {
        apply(last + 1, batch);
    }

    @Override
    public void apply(long sequence, WriteBatch batch) {
        if (batch.isEmpty()) {
            return;
        }
        batches.incrementAndGet();
        for (WriteBatch.Operation operation : batch.operations()) {
            if (operation instanceof WriteBatch.Put put) {
                puts.incrementAndGet();
                content.put(put.key(), put.value());
            } else {
                deletes.incrementAndGet();
                content.remove(operation.key());
            }
        }
        last = sequence + batch.operations().size() - 1;
    }

    @Override
    public Cursor cursor(KeyRange range) {
        Slice to = range.to();
        return new Entries(
                to == null ? content.tailMap(range.from(), true) : content.subMap(range.from(), true, to, false));
    }

    @Override
    public EngineSnapshot snapshot() {
        throw new UnsupportedOperationException("no snapshots are measured");
    }

    @Override
    public long lastSequence() {
        return last;
    }

    @Override
    public long durableSequence() {
        return 0;
    }

    @Override
    public void checkpoint() {
        onCheckpoint.run();
        checkpoints.incrementAndGet();
    }

    @Override
    public StoreStats stats() {
        return new StoreStats(Map.of(), LatencySummary.NONE, LatencySummary.NONE);
    }

    @Override
    public void close() {}

    private static final class Entries implements Cursor {
        private final NavigableMap<Slice, Slice> map;
        private Map.@Nullable Entry<Slice, Slice> entry;

        Entries(NavigableMap<Slice, Slice> map) {
            this.map = map;
        }

        private Map.Entry<Slice, Slice> here() {
            Map.Entry<Slice, Slice> found = entry;
            if (found == null) {
                throw new IllegalStateException("the cursor is at no entry");
            }
            return found;
        }

        @Override
        public boolean isValid() {
            return entry != null;
        }

        @Override
        public void seekToFirst() {
            entry = map.firstEntry();
        }

        @Override
        public void seekToLast() {
            entry = map.lastEntry();
        }

        @Override
        public void seek(Slice key) {
            entry = map.ceilingEntry(key);
        }

        @Override
        public void seekBefore(Slice key) {
            entry = map.lowerEntry(key);
        }

        @Override
        public void next() {
            entry = map.higherEntry(key());
        }

        @Override
        public void prev() {
            entry = map.lowerEntry(key());
        }

        @Override
        public Slice key() {
            return here().getKey();
        }

        @Override
        public Slice value() {
            return here().getValue();
        }

        @Override
        public void close() {}
    }
}
