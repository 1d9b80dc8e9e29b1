package storagelab.testkit;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import storagelab.api.Durability;
import storagelab.api.KeyValueStore;
import storagelab.api.LatencySummary;
import storagelab.api.Slice;
import storagelab.api.StoreClosedException;
import storagelab.api.StoreStats;
import storagelab.api.WriteBatch;

/**
 * A store in memory that is right, for testing the tests of stores. Content outlives closing for as long as the {@link
 * Shelf} it came from. Subclasses break it in one way each.
 */
class MemoryStore implements KeyValueStore {
    /** What stays when stores are closed: a map for each directory. */
    static final class Shelf {
        private final Map<Path, TreeMap<Slice, Slice>> contents = new HashMap<>();
        private int directories;

        Path newDirectory() {
            return Path.of("directory-" + directories++);
        }

        synchronized NavigableMap<Slice, Slice> content(Path directory) {
            return contents.computeIfAbsent(directory, unused -> new TreeMap<>());
        }
    }

    private final NavigableMap<Slice, Slice> content;
    private boolean closed;

    MemoryStore(Shelf shelf, Path directory) {
        this.content = shelf.content(directory);
    }

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
                remove(operation.key());
            }
        }
    }

    /** Takes {@code key} out; a broken subclass may do otherwise. */
    void remove(Slice key) {
        content.remove(key);
    }

    @Override
    public StoreStats stats() {
        return new StoreStats(Map.of(), LatencySummary.NONE, LatencySummary.NONE);
    }

    @Override
    public synchronized void close() {
        closed = true;
    }

    private void failIfClosed() {
        if (closed) {
            throw new StoreClosedException("the memory store");
        }
    }
}
