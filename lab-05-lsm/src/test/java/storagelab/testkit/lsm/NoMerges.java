package storagelab.testkit.lsm;

import storagelab.api.MaintenanceKind;
import storagelab.compaction.NoCompaction;
import storagelab.lsm.LsmOptions;

/** A store that has the tables which were flushed, so that no part of it that merges is needed. */
public final class NoMerges {
    private NoMerges() {}

    /** Options of a store without merges and without a cache, whose writers flush their memtables themselves. */
    public static LsmOptions options(long memtableBytes) {
        return LsmOptions.defaults()
                .withMemtableBytes(memtableBytes)
                .withCacheBytes(0)
                .withPicker(new NoCompaction())
                .withMaintenance(MaintenanceKind.FOREGROUND)
                .withoutStalls();
    }
}
