package storagelab.lsm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.manifest.FileMetadata;
import storagelab.manifest.SortedRun;
import storagelab.manifest.Version;
import storagelab.sortedlog.Entry;
import storagelab.table.ChainedCursor;
import storagelab.table.InternalCursor;
import storagelab.table.InternalKey;
import storagelab.table.MergedCursor;

/**
 * Everywhere a key may be, the newest first: the memtable that is written to, the one that is being written out, and
 * the tables of a version. A reader takes one reference to it and needs no lock.
 *
 * @param memtable takes writes
 * @param frozen takes none any more, and is on its way to level 0; null if none is
 * @param version has the tables
 */
record ReadState(LsmMemtable memtable, @Nullable LsmMemtable frozen, Version version) {
    /**
     * The newest version of a key that is not newer than {@code sequence}: in the memtables, then in the tables of
     * level 0 from the newest to the oldest, then in the one table that may have it of each run of the other levels. What
     * is found first is the newest.
     */
    Optional<Entry> get(OpenTables tables, Slice key, long sequence) {
        Optional<Entry> found = memtable.get(key, sequence);
        if (found.isEmpty() && frozen != null) {
            found = frozen.get(key, sequence);
        }
        if (found.isPresent()) {
            return found;
        }
        for (FileMetadata file : version.files(0)) {
            if (file.overlaps(key, key)) {
                found = tables.get(file).get(key, sequence);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        Slice seekKey = InternalKey.seekKey(key, sequence);
        List<SortedRun> runs = version.deeperRuns();
        for (int i = 0; i < runs.size(); i++) {
            FileMetadata file = runs.get(i).table(seekKey);
            if (file != null) {
                found = tables.get(file).get(key, sequence);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /** A cursor over everything. */
    InternalCursor cursor(OpenTables tables) {
        List<InternalCursor> cursors = new ArrayList<>();
        cursors.add(memtable.cursor());
        if (frozen != null) {
            cursors.add(frozen.cursor());
        }
        for (FileMetadata file : version.files(0)) {
            cursors.add(tables.get(file).cursor());
        }
        version.deeperRuns().forEach(run -> cursors.add(new ChainedCursor(new RunChain(tables, run))));
        return cursors.size() == 1 ? cursors.get(0) : new MergedCursor(cursors);
    }
}
