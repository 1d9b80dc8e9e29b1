package storagelab.lsm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import storagelab.api.Entry;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.manifest.Version;
import storagelab.sstable.InternalCursor;
import storagelab.sstable.InternalMergingCursor;

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
     * The newest version of a key that is not newer than {@code sequence}; a deletion is a tombstone, which ends the search as
     * a value does. Nothing if there is no such version.
     *
     * <p>One is asked after the other, until one has it: the memtable, the frozen memtable, and the runs in their order, which is
     * the tables of level 0 from the newest to the oldest and then the other levels. Whatever is asked later has only what was
     * written before, so what is found first is the newest, and nobody behind it is asked.
     *
     * <p>Example: a put of {@code lime} is in the memtable, at 20. On level 0 there are two tables, 12 ({@code apple@18†,
     * kiwi@19}) and the older 9 ({@code apple@16, fig@15}). Level 1 is one run of the tables 5 ({@code apple@3, date@4}) and 6
     * ({@code fig@5, lime@6}).
     *
     * <table>
     *   <caption>Gets at 20</caption>
     *   <tr><th>key</th><th>asked</th><th>found</th></tr>
     *   <tr><td>lime</td><td>the memtable</td><td>lime@20</td></tr>
     *   <tr><td>kiwi</td><td>the memtable, table 12</td><td>kiwi@19</td></tr>
     *   <tr><td>apple</td><td>the memtable, table 12</td><td>a tombstone, and not apple@16</td></tr>
     *   <tr><td>date</td><td>the memtable, tables 12, 9, 5</td><td>date@4; the filters of 12 and 9 say no</td></tr>
     *   <tr><td>grape</td><td>the memtable, tables 12 and 6</td><td>nothing; table 9 ends with fig, 5 with date</td></tr>
     *   <tr><td>mango</td><td>the memtable</td><td>nothing; all tables end before it</td></tr>
     * </table>
     *
     * <p>Cost: one table for each table of level 0 that may have the key, and one for each run of the other levels; of a table,
     * its filter, and a block if that says yes.
     */
    @Exercise(
            id = "5.8",
            title = "The read path: newest first, and no table in vain",
            points = 6,
            difficulty = Difficulty.MEDIUM,
            hours = 3,
            needs = "5.7")
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

    /** About how many bytes of tables the keys of {@code range} take, see {@link LsmStore#approximateBytes}. */
    long approximateBytes(KeyRange range) {
        long bytes = 0;
        for (RunReader run : runs) {
            bytes += run.approximateBytes(range);
        }
        return bytes;
    }

    /** About how many bytes the keys of {@code range} take in the run in which they take most, see {@link LsmStore#approximateLiveBytes}. */
    long approximateLiveBytes(KeyRange range) {
        return runs.stream().mapToLong(run -> run.approximateBytes(range)).max().orElse(0);
    }

    /** A cursor over everything. */
    InternalCursor cursor() {
        List<InternalCursor> cursors = new ArrayList<>();
        cursors.add(memtable.cursor());
        if (frozen != null) {
            cursors.add(frozen.cursor());
        }
        runs.forEach(run -> cursors.add(run.cursor()));
        return cursors.size() == 1 ? cursors.get(0) : new InternalMergingCursor(cursors);
    }
}
