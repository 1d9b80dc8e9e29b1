package storagelab.compaction;

import org.jspecify.annotations.Nullable;
import storagelab.manifest.ManifestFormat;
import storagelab.manifest.Version;

/**
 * Merges nothing, however many tables there are: for experiments, measurements and tests that look at what flushes leave.
 *
 * @param format of the versions
 */
public record NoCompaction(ManifestFormat format) implements CompactionPicker {
    /** Versions as LevelDB has them. */
    public NoCompaction() {
        this(ManifestFormat.LEVELDB);
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
