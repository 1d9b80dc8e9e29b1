package storagelab.hybrid.experiment;

import java.nio.file.Path;
import java.util.Optional;
import storagelab.api.Durability;
import storagelab.api.KeyValueStore;
import storagelab.api.MaintenanceKind;
import storagelab.api.Slice;
import storagelab.api.StoreStats;
import storagelab.api.WriteBatch;
import storagelab.lsm.FileAccess;
import storagelab.lsm.LsmOptions;
import storagelab.lsm.LsmStore;

/**
 * An LSM tree that is flushed when keys and values, with an allowance for each, have come to {@link #FLUSH_BYTES}. By itself it flushes when its memtable has so many bytes. These depend on the
 * random heights of a skip list, so that no run would write quite as much as the one before.
 */
final class FlushedLsm implements KeyValueStore {
    /** What a memtable takes until it is flushed. */
    static final long FLUSH_BYTES = 128 << 10;

    private static final int ENTRY_BYTES = 40; // in the memtable, besides the key and the value
    private static final long ROOM_BYTES = 64 << 20; // which no memtable comes to

    private final LsmStore store;
    private long bytes; // since the last flush

    /** Opens a store in {@code directory}. */
    FlushedLsm(Path directory) {
        this.store = LsmStore.open(directory, options());
    }

    /** A small LSM tree without threads of its own, which never flushes by itself. */
    static LsmOptions options() {
        return LsmOptions.defaults()
                .withMemtableBytes(ROOM_BYTES)
                .withTableBytes(FLUSH_BYTES)
                .withFileAccess(FileAccess.CHANNEL)
                .withMaintenance(MaintenanceKind.FOREGROUND)
                .withoutStalls();
    }

    @Override
    public Optional<Slice> get(Slice key) {
        return store.get(key);
    }

    @Override
    public void write(WriteBatch batch, Durability durability) {
        store.write(batch, durability);
        for (WriteBatch.Operation operation : batch.operations()) {
            int value = operation instanceof WriteBatch.Put put ? put.value().length() : 0;
            bytes += ENTRY_BYTES + operation.key().length() + value;
        }
        if (bytes >= FLUSH_BYTES) {
            store.flush();
            bytes = 0;
        }
    }

    @Override
    public StoreStats stats() {
        return store.stats();
    }

    @Override
    public void close() {
        store.close();
    }
}
