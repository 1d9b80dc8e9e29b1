package storagelab.compaction;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.course.Given;
import storagelab.manifest.FileMetadata;
import storagelab.manifest.ManifestFormat;
import storagelab.manifest.SortedRun;
import storagelab.manifest.Version;

/**
 * Merges what was written in the same window of time, and never across windows: for series of measurements, orders or
 * log lines, of which the old ones are read seldom and go all at once. What was written in January is then in tables of
 * its own, which can be deleted as they are.
 *
 * <p>The window of a run is {@code floor(newestMillis / windowMillis)}. Runs that follow each other in the order of
 * {@link Version#runs()} and have the same window belong together: they are one window. (If the clock was set back,
 * windows with the same number may lie apart; they stay apart.) The window of the newest run is the <em>current</em>
 * one, unless its number is less than that of {@code nowMillis}: then the clock has left it. All others are
 * <em>closed</em>. The first of these rules that applies says what is next:
 *
 * <ol>
 *   <li><b>A closed window has more than one run, or a table on level 0</b>, the oldest such window first: all of its
 *       runs become one, and are never touched again. Reason: "window".
 *   <li><b>The current window has {@code minRuns} tables on level 0 or more</b>: all of its tables there become one
 *       run. Reason: "flushed".
 *   <li><b>The current window has runs of like size behind level 0</b>: from the newest of them on, runs are taken as
 *       long as the next one is not larger than those taken together, and ten percent. If these are fewer than {@code
 *       minRuns}, the same is tried from the next run on, with that one taken alone. They become one run. Reason:
 *       "size".
 * </ol>
 *
 * <p>The result has the greatest number of the runs that it is made of, so it is as new as the newest, and goes to
 * the level of the oldest, and at least to level 1; so it jumps over nothing.
 *
 * <p>Example, {@code new TimeWindowPicker(3_600_000, 4)}: windows of an hour. A flush of 1 MiB comes at 10:04, 10:09
 * and so on, each five minutes, as tables 1, 2 and so on. At 10:19 level 0 has four tables, which become run 4 with 4
 * MiB on level 1; at 10:39 and 10:59 there come runs 8 and 12. The flush of 11:04 is of the next window, so that of
 * 10 o'clock is closed: its three runs become run 12 with 12 MiB, which stays. With windows of a day there would be a
 * run 16 at 11:19, and the four of 4 MiB would become one of 16.
 *
 * <p>Cost: a byte is written when it is flushed, about once for each power of {@code minRuns} that its window has in
 * flushes, and once when the window closes, however many windows there are. In return each window is a run that a get
 * may have to look at. Where keys are overwritten or deleted long after they were written, both versions stay, in
 * different windows: then this is the wrong picker. LevelDB's levels have no place for so many runs: the manifest is
 * in {@link ManifestFormat#RUNS}.
 *
 * <p>Source: Jirsa and Eriksson, "TimeWindowCompactionStrategy" (Cassandra, 2016).
 *
 * @param windowMillis how long a window is
 * @param minRuns from how many runs of like size on they are merged
 */
@Exercise(
        id = "5.11",
        title = "Compaction by time",
        points = 4,
        difficulty = Difficulty.EASY,
        hours = 2,
        needs = {"5.2", "5.6"})
public record TimeWindowPicker(long windowMillis, int minRuns) implements CompactionPicker {
    private static final int RATIO_PERCENT = 110;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if {@code windowMillis} is less than 1, or {@code minRuns} less than 2
     */
    @Given
    public TimeWindowPicker {
        if (windowMillis < 1 || minRuns < 2) {
            throw new IllegalArgumentException("windows of " + windowMillis + " ms, " + minRuns + " runs at least");
        }
    }

    @Given
    @Override
    public ManifestFormat format() {
        return ManifestFormat.RUNS;
    }

    @Given
    @Override
    public int levelZeroTables() {
        return minRuns;
    }

    @Override
    public @Nullable Compaction pick(Version version, State state) {
        List<List<SortedRun>> windows = windows(version);
        for (int i = windows.size() - 1; i >= 0; i--) {
            List<SortedRun> window = windows.get(i);
            boolean isClosed = i > 0 || window(window.get(0)) < Math.floorDiv(state.nowMillis(), windowMillis);
            if (isClosed && (window.size() > 1 || window.get(0).level() == 0)) {
                return merge(window, "window");
            }
            if (!isClosed) {
                return current(window);
            }
        }
        return null;
    }

    private long window(SortedRun run) {
        return Math.floorDiv(run.newestMillis(), windowMillis);
    }

    /** The runs of each window, the newest window first. */
    private List<List<SortedRun>> windows(Version version) {
        List<List<SortedRun>> windows = new ArrayList<>();
        SortedRun before = null;
        for (SortedRun run : version.runs()) {
            if (before == null || window(before) != window(run)) {
                windows.add(new ArrayList<>());
            }
            windows.get(windows.size() - 1).add(run);
            before = run;
        }
        return windows;
    }

    private @Nullable Compaction current(List<SortedRun> window) {
        int flushed = 0;
        while (flushed < window.size() && window.get(flushed).level() == 0) {
            flushed++;
        }
        if (flushed >= minRuns) {
            return merge(window.subList(0, flushed), "flushed");
        }
        for (int from = flushed; from < window.size(); from++) {
            List<SortedRun> alike = likeSized(window.subList(from, window.size()));
            if (alike.size() >= minRuns) {
                return merge(alike, "size");
            }
        }
        return null;
    }

    private static List<SortedRun> likeSized(List<SortedRun> runs) {
        long taken = runs.get(0).sizeBytes();
        int length = 1;
        while (length < runs.size() && runs.get(length).sizeBytes() * 100 <= taken * RATIO_PERCENT) {
            taken += runs.get(length).sizeBytes();
            length++;
        }
        return runs.subList(0, length);
    }

    private static Compaction merge(List<SortedRun> runs, String reason) {
        int level = Math.max(1, runs.get(runs.size() - 1).level());
        long run = runs.stream().mapToLong(SortedRun::number).max().orElse(FileMetadata.ONLY_RUN);
        return Compaction.ofRuns(runs, level, run, reason);
    }
}
