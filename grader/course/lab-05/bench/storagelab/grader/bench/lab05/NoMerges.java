package storagelab.grader.bench.lab05;

import storagelab.api.MaintenanceKind;
import storagelab.compaction.NoCompaction;
import storagelab.lsm.LsmOptions;

/** A store that merges nothing, so that puts cost what puts cost, and no part of it that merges is needed. */
final class NoMerges {
    private NoMerges() {}

    /** Options of a store without merges and without a cache, whose writers flush their memtables themselves. */
    static LsmOptions options() {
        return LsmOptions.defaults()
                .withPicker(new NoCompaction())
                .withCacheBytes(0)
                .withMaintenance(MaintenanceKind.FOREGROUND)
                .withoutStalls();
    }
}
