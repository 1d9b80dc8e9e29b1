package storagelab.btree;

import java.nio.file.Path;
import storagelab.api.StorageEngine;
import storagelab.testkit.StorageEngineContract;

/** A {@link BTreeStore} is an engine that a log outside of it makes durable. */
class BTreeEngineTest implements StorageEngineContract {
    @Override
    public StorageEngine open(Path directory) {
        return BTreeStore.open(directory, BTreeOptions.defaults().withPageSizeBytes(1024));
    }
}
