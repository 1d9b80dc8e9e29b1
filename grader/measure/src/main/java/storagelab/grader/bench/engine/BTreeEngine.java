package storagelab.grader.bench.engine;

import java.nio.file.Path;
import storagelab.api.Cursor;
import storagelab.btree.BTreeOptions;
import storagelab.btree.BTreeStore;

/** The B+tree of lab 4, with its default options but the size of the pool. */
public final class BTreeEngine extends StoreEngine<BTreeStore> {
    @Override
    BTreeStore openStore(Path directory, EngineSettings settings) {
        return BTreeStore.open(directory, BTreeOptions.defaults().withPoolBytes(settings.cacheBytes()));
    }

    @Override
    public void bulkLoad(Path directory, EngineSettings settings, Cursor sorted) {
        open(directory, settings);
        long unused = store().bulkLoad(sorted);
    }

    @Override
    void checkpoint(BTreeStore store) {
        store.checkpoint();
    }
}
