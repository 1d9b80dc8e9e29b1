package storagelab.compaction;

import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.manifest.Version;

/** Says which tables are to be merged next. Concurrency: immutable. */
public interface CompactionPicker {
    /**
     * The most urgent merge; null if nothing needs one.
     *
     * @param pointers where the last compaction of each level ended
     */
    @Nullable
    Compaction pick(Version version, Pointers pointers);

    /** Where the last compaction of a level ended, so that the next one takes other tables. */
    interface Pointers {
        /** The largest internal key of the last compaction of {@code level}; null if there was none. */
        @Nullable
        Slice of(int level);
    }
}
