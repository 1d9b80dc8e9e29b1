package storagelab.testkit.lsm;

import org.jspecify.annotations.Nullable;
import storagelab.compaction.Compaction;
import storagelab.compaction.CompactionPicker;
import storagelab.lsm.LsmOptions;
import storagelab.manifest.ManifestFormat;
import storagelab.manifest.Version;
import storagelab.sortedlog.MaintenanceKind;

/** Merges nothing, so that a store has the tables that were flushed, and no part of it that merges is needed. */
public final class NoMerges implements CompactionPicker {
    private final ManifestFormat format;

    /** Versions as LevelDB has them. */
    public NoMerges() {
        this(ManifestFormat.LEVELDB);
    }

    /** Versions of this format. */
    public NoMerges(ManifestFormat format) {
        this.format = format;
    }

    /** Options of a store without merges and without a cache, whose writers flush their memtables themselves. */
    public static LsmOptions options(long memtableBytes) {
        return LsmOptions.defaults()
                .withMemtableBytes(memtableBytes)
                .withCacheBytes(0)
                .withPicker(new NoMerges())
                .withMaintenance(MaintenanceKind.FOREGROUND)
                .withoutStalls();
    }

    @Override
    public @Nullable Compaction pick(Version version, State state) {
        return null;
    }

    @Override
    public ManifestFormat format() {
        return format;
    }

    @Override
    public int levelZeroTables() {
        return Integer.MAX_VALUE / 4;
    }
}
