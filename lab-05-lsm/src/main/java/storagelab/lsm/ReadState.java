package storagelab.lsm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.manifest.Version;
import storagelab.sortedlog.Entry;
import storagelab.table.InternalCursor;
import storagelab.table.MergedCursor;

/**
 * Everywhere a key may be, the newest first: the memtable that is written to, the one that is being written out, and
 * the runs of a version. A reader takes one reference to it and needs no lock.
 *
 * @param memtable takes writes
 * @param frozen takes none any more, and is on its way to level 0; null if none is
 * @param version has the tables
 * @param runs read them, in the order of the version
 */
record ReadState(LsmMemtable memtable, @Nullable LsmMemtable frozen, Version version, List<RunReader> runs) {
    /**
     * The newest version of a key that is not newer than {@code sequence}: in the memtables, then in the tables of
     * level 0 from the newest to the oldest, then in the one table that may have it of each run of the other levels. What
     * is found first is the newest.
     */
    Optional<Entry> get(Slice key, long sequence) {
        Optional<Entry> found = memtable.get(key, sequence);
        if (found.isEmpty() && frozen != null) {
            found = frozen.get(key, sequence);
        }
        for (int i = 0; i < runs.size() && found.isEmpty(); i++) {
            found = runs.get(i).get(key, sequence);
        }
        return found;
    }

    /** A cursor over everything. */
    InternalCursor cursor() {
        List<InternalCursor> cursors = new ArrayList<>();
        cursors.add(memtable.cursor());
        if (frozen != null) {
            cursors.add(frozen.cursor());
        }
        runs.forEach(run -> cursors.add(run.cursor()));
        return cursors.size() == 1 ? cursors.get(0) : new MergedCursor(cursors);
    }
}
