package storagelab.compaction;

import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.manifest.ManifestFormat;
import storagelab.manifest.Version;

/**
 * Says which tables are to be merged next. It sees sizes, bounds and ages of tables and nothing else, so that {@link
 * CompactionSimulator} can judge it without a disk.
 *
 * <p>Concurrency: immutable.
 */
public interface CompactionPicker {
    /**
     * The most urgent merge; null if nothing needs one. A merge must not jump over anything, see {@link Compaction}.
     */
    @Nullable
    Compaction pick(Version version, State state);

    /**
     * From how many tables on level 0 on this picker has them merged, whatever else there is. Writers are slowed down
     * when there are some more, and wait when there are many more.
     */
    int levelZeroTables();

    /**
     * Bytes that merges have yet to write until nothing needs one, roughly; level 0 is counted in tables and not here.
     * 0 unless a picker says otherwise: where merges take whole runs, that of the whole store is due from time to time
     * without anything being late, and what is late is on level 0.
     */
    default long debtBytes(Version version) {
        return 0;
    }

    /**
     * The format that the versions fit which this picker leads to. A picker of {@link ManifestFormat#LEVELDB} puts one
     * run on each level but 0; if it meets a version of another shape, it has everything merged first.
     */
    default ManifestFormat format() {
        return ManifestFormat.LEVELDB;
    }

    /**
     * What a picker wants to know besides the version.
     *
     * @param pointers where the last compaction of each level ended
     * @param nowMillis the time, in milliseconds since 1970
     */
    record State(Pointers pointers, long nowMillis) {
        /** Of a store that nothing was merged in, at the beginning of time. */
        public static State initial() {
            return new State(level -> null, 0);
        }
    }

    /** Where the last compaction of a level ended, so that the next one takes other tables. */
    interface Pointers {
        /** The largest internal key of the last compaction of {@code level}; null if there was none. */
        @Nullable
        Slice of(int level);
    }
}
