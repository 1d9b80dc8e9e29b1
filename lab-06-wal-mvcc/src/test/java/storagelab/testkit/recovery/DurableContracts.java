package storagelab.testkit.recovery;

import java.nio.file.Path;
import storagelab.api.SnapshotStore;
import storagelab.btree.StoredValue;
import storagelab.disk.CrashDisk;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineKind;
import storagelab.testkit.ConcurrentOrderedStoreContract;
import storagelab.testkit.ConcurrentSnapshotStoreContract;
import storagelab.testkit.ConcurrentStoreContract;
import storagelab.testkit.DurableStoreContract;
import storagelab.testkit.KeyValueStoreContract;
import storagelab.testkit.OrderedStoreContract;
import storagelab.testkit.SnapshotStoreContract;

/** Every contract there is for a store, of a store that is opened with {@link DurableOptions}. */
public abstract class DurableContracts extends KeyValueStoreContract
        implements DurableStoreContract,
                ConcurrentStoreContract,
                OrderedStoreContract,
                ConcurrentOrderedStoreContract,
                SnapshotStoreContract,
                ConcurrentSnapshotStoreContract {
    private final DurableOptions options;

    /** The contracts of a store with these options. */
    protected DurableContracts(DurableOptions options) {
        this.options = options;
    }

    /** What the store is opened with. */
    protected final DurableOptions options() {
        return options;
    }

    @Override
    public abstract SnapshotStore open(Path directory);

    @Override
    public Path newDirectory() {
        return CrashDisk.create().root().resolve("store");
    }

    @Override
    protected int longKeyBytes() {
        return options.engine() == EngineKind.BTREE
                ? StoredValue.keyBytesMax(options.btree().pageSizeBytes())
                : super.longKeyBytes();
    }
}
