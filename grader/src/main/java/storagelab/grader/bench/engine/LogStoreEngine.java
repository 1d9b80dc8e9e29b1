package storagelab.grader.bench.engine;

import java.nio.file.Path;
import storagelab.api.Durability;
import storagelab.api.Metric;
import storagelab.api.WriteBatch;
import storagelab.memtable.SnapshotLogStore;
import storagelab.sortedlog.SortedLogOptions;

/** The store of lab 3: sorted logs, a skip list in memory. It keeps no blocks in memory. */
public final class LogStoreEngine extends StoreEngine<SnapshotLogStore> {
    private static final long MEMTABLE_BYTES_MAX = 64L << 20;

    @Override
    SnapshotLogStore openStore(Path directory, EngineSettings settings) {
        long memtable = Math.min(MEMTABLE_BYTES_MAX, settings.cacheBytes() / 4);
        return SnapshotLogStore.open(directory, SortedLogOptions.defaults().withMemtableBytes(memtable));
    }

    @Override
    void checkpoint(SnapshotLogStore store) {
        store.write(new WriteBatch(), Durability.SYNCED);
    }

    @Override
    long pageReads(SnapshotLogStore store) {
        return store.stats().get(Metric.BLOCKS_READ);
    }
}
