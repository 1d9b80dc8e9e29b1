package storagelab.testkit;

import java.nio.file.Path;
import storagelab.api.KeyValueStore;

/** Holds the store in memory to the contract: what fails here is wrong in the contract suite itself. */
class MemoryStoreContractTest extends KeyValueStoreContract implements DurableStoreContract, ConcurrentStoreContract {
    private final MemoryStore.Shelf shelf = new MemoryStore.Shelf();

    @Override
    public KeyValueStore open(Path directory) {
        return new MemoryStore(shelf, directory);
    }
}
