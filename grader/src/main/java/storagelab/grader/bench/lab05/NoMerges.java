package storagelab.grader.bench.lab05;

import org.jspecify.annotations.Nullable;
import storagelab.compaction.Compaction;
import storagelab.compaction.CompactionPicker;
import storagelab.lsm.LsmOptions;
import storagelab.manifest.Version;
import storagelab.sortedlog.MaintenanceKind;

/** Merges nothing, so that puts cost what puts cost, and no part of a store that merges is needed. */
final class NoMerges implements CompactionPicker {
    /** Options of a store without merges and without a cache, whose writers flush their memtables themselves. */
    static LsmOptions options() {
        return LsmOptions.defaults()
                .withPicker(new NoMerges())
                .withCacheBytes(0)
                .withMaintenance(MaintenanceKind.FOREGROUND)
                .withoutStalls();
    }

    @Override
    public @Nullable Compaction pick(Version version, State state) {
        return null;
    }

    @Override
    public int levelZeroTables() {
        return Integer.MAX_VALUE / 4; // that many do not come together
    }
}
