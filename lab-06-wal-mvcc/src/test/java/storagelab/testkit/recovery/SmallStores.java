package storagelab.testkit.recovery;

import storagelab.api.MaintenanceKind;
import storagelab.btree.BTreeOptions;
import storagelab.compaction.LeveledPicker;
import storagelab.lsm.LsmOptions;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineKind;
import storagelab.wal.SegmentAccess;
import storagelab.wal.WalOptions;

/** Stores whose segments, memtables and pages are so small that a short run has many of each. */
public final class SmallStores {
    private SmallStores() {}

    /** Options of such a store. */
    public static DurableOptions options(EngineKind engine) {
        return DurableOptions.defaults(engine)
                .withLog(new WalOptions(2_000, SegmentAccess.CHANNEL))
                .withCheckpointLogBytes(6_000)
                .withBtree(BTreeOptions.defaults().withPageSizeBytes(1024).withPoolBytes(64 << 10))
                .withLsm(LsmOptions.defaults()
                        .withMemtableBytes(3000)
                        .withTableBytes(1500)
                        .withTable(LsmOptions.defaults().table().withBlockBytes(300))
                        .withPicker(new LeveledPicker(2, 4000, 3))
                        .withMaintenance(MaintenanceKind.FOREGROUND));
    }
}
