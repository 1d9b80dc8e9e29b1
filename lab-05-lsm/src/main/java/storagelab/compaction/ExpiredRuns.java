package storagelab.compaction;

import java.util.List;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.course.ExercisePart;
import storagelab.course.Solution;
import storagelab.manifest.FileMetadata;
import storagelab.manifest.SortedRun;
import storagelab.manifest.Version;

/** Finds runs of which everything has had its time, without reading a byte of them. */
public final class ExpiredRuns {
    private ExpiredRuns() {}

    /**
     * The oldest run that can be deleted as it is; null if there is none. It is one
     *
     * <ul>
     *   <li>of which the moment is known when its newest table was flushed: {@link SortedRun#newestMillis} is not 0,
     *   <li>whose values have all had their time, as {@link CompactionFilter#dropsAllUntil} says of that moment,
     *   <li>and that hides nothing: no table of an older run may have a key of the user from the run's smallest to its
     *       largest. Otherwise what it has overwritten or deleted would come back from the dead.
     * </ul>
     *
     * <p>Example, on level 1, where the greater number is the newer run; values live for two hours:
     *
     * <table>
     *   <caption>When which run can go</caption>
     *   <tr><th>run</th><th>flushed</th><th>keys</th><th>can be deleted</th></tr>
     *   <tr><td>9</td><td>11:00</td><td>q to z</td><td>after 13:00</td></tr>
     *   <tr><td>8</td><td>10:00</td><td>k to p</td><td>after 12:00, but not before 7 has gone: m may be in both</td></tr>
     *   <tr><td>7</td><td>9:00</td><td>a to m</td><td>after 11:00</td></tr>
     * </table>
     *
     * <p>At 12:30 the answer is run 7, then run 8, then none. If nobody knew when 7 was flushed, it would be none at once, and
     * run 9 after 13:00.
     *
     * <p>Cost: O(n) for n tables, for each run whose values have had their time.
     */
    @ExercisePart("5.17")
    public static @Nullable SortedRun oldest(Version version, CompactionFilter filter) {
        List<SortedRun> runs = version.runs(); // the newest first
        for (int i = runs.size() - 1; i >= 0; i--) {
            SortedRun run = runs.get(i);
            long newestMillis = run.newestMillis();
            if (newestMillis > 0
                    && filter.dropsAllUntil(newestMillis)
                    && hidesNothing(run, runs.subList(i + 1, runs.size()))) {
                return run;
            }
        }
        return null;
    }

    @Solution
    private static boolean hidesNothing(SortedRun run, List<SortedRun> older) {
        List<FileMetadata> files = run.files();
        Slice from = files.get(0).smallestUserKey();
        Slice to = files.get(files.size() - 1).largestUserKey();
        return older.stream().allMatch(other -> other.overlapping(from, to).isEmpty());
    }
}
