package storagelab.lsm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.manifest.FileMetadata;
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
     * level 0 from the newest to the oldest, then in the one table that may have it of each other level. What is found
     * first is the newest.
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
        for (int level = 1; level < Version.LEVELS; level++) {
            List<FileMetadata> files = version.files(level);
            int index = files.isEmpty() ? 0 : version.firstNotBefore(level, seekKey);
            if (index < files.size() && files.get(index).overlaps(key, key)) {
                found = tables.get(files.get(index)).get(key, sequence);
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
        for (int level = 1; level < Version.LEVELS; level++) {
            if (!version.files(level).isEmpty()) {
                cursors.add(new ChainedCursor(new LevelChain(tables, version, level)));
            }
        }
        return cursors.size() == 1 ? cursors.get(0) : new MergedCursor(cursors);
    }
}
