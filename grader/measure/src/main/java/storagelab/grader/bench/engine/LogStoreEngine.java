package storagelab.grader.bench.engine;

import java.nio.file.Path;
import storagelab.api.Durability;
import storagelab.api.WriteBatch;
import storagelab.memtable.SnapshotLogStore;
import storagelab.sortedlog.SortedLogOptions;

/** The store of lab 3: sorted logs, a skip list in memory. It keeps no blocks in memory. */
public final class LogStoreEngine extends StoreEngine<SnapshotLogStore> {
    @Override
    SnapshotLogStore openStore(Path directory, EngineSettings settings) {
        return SnapshotLogStore.open(
                directory, SortedLogOptions.defaults().withMemtableBytes(settings.memtableBytes()));
    }

    @Override
    void checkpoint(SnapshotLogStore store) {
        store.write(new WriteBatch(), Durability.SYNCED);
    }
}
