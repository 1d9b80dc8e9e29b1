package storagelab.compaction;

import com.google.common.math.LongMath;
import java.util.List;
import org.jspecify.annotations.Nullable;
import storagelab.api.CorruptionException;
import storagelab.api.Slice;
import storagelab.api.StorageIoException;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.course.Given;
import storagelab.manifest.FileMetadata;
import storagelab.manifest.Version;
import storagelab.sstable.InternalCursor;
import storagelab.sstable.InternalKey;
import storagelab.sstable.InternalKeyOrder;

/**
 * Merges tables into new ones and leaves out what nobody can see any more, which {@link EntryFilter} says. Both are this
 * exercise.
 *
 * <p>The entries of all inputs come as one sequence, in the order of {@link InternalKeyOrder}: of a key, the newest
 * first. Each that stays is appended to the table that is being written. That table may end only <em>before the first
 * entry of a key</em>, whether that entry stays or not, and never between two versions of one: a get looks at one table of
 * a run, and must find all versions there. At such a place it ends
 *
 * <ul>
 *   <li>if it has {@code tableBytes} or more, or
 *   <li>if it overlaps more than ten times {@code tableBytes} of the {@linkplain #grandparents level below the output}:
 *       merging it with that level one day would be dear. A table of that level is looked at once: when the first entry of
 *       a key comes that is behind its largest key. It counts if the table that is being written has an entry then.
 * </ul>
 *
 * <p>Example: run 9 of level 1 has {@code a@9, b@8†, c@7}, run 5 has {@code a@3, b@2, d@1}; † is a deletion. They are
 * merged, and nothing older has these keys.
 *
 * <table>
 *   <caption>What stays</caption>
 *   <tr><th>oldest snapshot</th><th>stays</th><th>because</th></tr>
 *   <tr><td>9</td><td>{@code a@9, c@7, d@1}</td><td>{@code a@3} is hidden by {@code a@9}, {@code b@2} by {@code b@8†},
 *       which then hides nothing</td></tr>
 *   <tr><td>5</td><td>all six</td><td>the snapshot sees {@code a@3} and {@code b@2}, and {@code b@8†} hides {@code b@2}
 *       from everybody else</td></tr>
 *   <tr><td>8</td><td>{@code a@9, a@3, c@7, d@1}</td><td>the snapshot sees {@code a@3}, and of {@code b} nothing</td></tr>
 * </table>
 *
 * <p>Example of ends: tables have 1,000 bytes, level 2 has tables of 6,000 bytes from {@code a} to {@code c}, from {@code
 * d} to {@code e} and of {@code g} alone; {@code b, d, f, h} come, of 100 bytes each. At {@code d} the table that is being
 * written has {@code b} and has passed {@code a} to {@code c}: 6,000 bytes. At {@code f} it has passed {@code d} to {@code
 * e}, too: 12,000 are more than 10 · 1,000, so it ends. {@code f} begins the next; at {@code h} that has passed {@code
 * g}. The result is {@code b d} and {@code f h}.
 *
 * <p>A job that fails, because a block of an input is damaged or the disk is full, passes the exception on. It has changed
 * nothing: the version still has the inputs, and what was written is removed when the store is opened again.
 *
 * <p>Cost: each entry of the inputs is read once, its value only if it stays; O(1) for an entry, besides what {@code
 * EntryFilter} takes and the passing of each table of the level below once. Concurrency: one thread. Source: LevelDB,
 * {@code DoCompactionWork} in {@code db/db_impl.cc} and {@code ShouldStopBefore} in {@code db/version_set.cc}.
 */
@Exercise(
        id = "5.13",
        title = "Merges that forget, and never too early",
        points = 8,
        difficulty = Difficulty.HARD,
        hours = 4,
        needs = {"5.2", "5.6"})
public final class CompactionJob {
    /** How much of the level below the output a table may overlap, in tables. */
    @Given
    static final int GRANDPARENTS_MAX = 10;

    private final long tableBytes;
    private final long grandparentBytesMax;
    private final EntryFilter filter;
    private final List<FileMetadata> grandparents;
    private int grandparent; // the first that is not behind the entries yet
    private boolean hasEntries; // the table which is being written
    private long grandparentBytes; // that the table which is being written overlaps

    /**
     * A job, for one run.
     *
     * @param version that the compaction was picked from
     * @param oldestSnapshot the smallest sequence that somebody may still read at
     * @param tableBytes when a table ends
     */
    public CompactionJob(Compaction compaction, Version version, long oldestSnapshot, long tableBytes) {
        this.tableBytes = tableBytes;
        this.grandparentBytesMax = LongMath.saturatedMultiply(GRANDPARENTS_MAX, tableBytes);
        this.filter = new EntryFilter(compaction, version, oldestSnapshot);
        this.grandparents = grandparents(compaction, version);
    }

    /**
     * The tables of the level below the output, by their keys, if they are one run; otherwise none, since then nothing is
     * merged with some of them.
     */
    @Given
    static List<FileMetadata> grandparents(Compaction compaction, Version version) {
        int below = compaction.outputLevel() + 1;
        boolean isRun = below < Version.LEVELS && version.runs(below).size() == 1;
        return isRun ? version.files(below) : List.of();
    }

    /**
     * Writes what stays of {@code inputs}, which are all entries of the compaction's tables in order.
     *
     * @return the new tables, which are on the disk; none if nothing stays
     * @throws CorruptionException if an input is damaged
     * @throws StorageIoException if an input cannot be read, or the output not written
     */
    public List<FileMetadata> run(InternalCursor inputs, MergeOutput output) {
        @Nullable Slice last = null;
        for (inputs.seekToFirst(); inputs.isValid(); inputs.next()) {
            Slice key = inputs.key();
            Slice user = InternalKey.userKey(key);
            if (!user.equals(last)) {
                if (isEnough(key, output)) {
                    output.cut();
                    grandparentBytes = 0;
                    hasEntries = false;
                }
                last = user;
            }
            if (!filter.drops(key)) {
                output.add(key, inputs.value());
                hasEntries = true;
            }
        }
        return output.finish();
    }

    /** Whether the table that is being written ends before {@code key}. */
    private boolean isEnough(Slice key, MergeOutput output) {
        while (grandparent < grandparents.size() && isBehind(key, grandparents.get(grandparent))) {
            grandparentBytes += hasEntries ? grandparents.get(grandparent).sizeBytes() : 0;
            grandparent++;
        }
        return output.sizeBytes() >= tableBytes || grandparentBytes > grandparentBytesMax;
    }

    private static boolean isBehind(Slice key, FileMetadata file) {
        return InternalKeyOrder.ORDER.compare(key, file.largest()) > 0;
    }
}
