package storagelab.compaction;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.course.Given;
import storagelab.manifest.FileMetadata;
import storagelab.manifest.ManifestFormat;
import storagelab.manifest.SortedRun;
import storagelab.manifest.Version;

/**
 * Lazy leveling: every level but the last collects runs, the last is one run. Nearly all entries are on the last
 * level, and a get that finds its key finds it there; so merging eagerly pays there and nowhere else. An entry is
 * written once on each level on its way down, as with tiers, and the last level alone is merged again and again.
 *
 * <p>The <em>last level</em> is the deepest one that has tables, and level 1 as long as there is only level 0. A
 * merge is due in two cases:
 *
 * <ol>
 *   <li><b>A level above the last has {@code factor} runs</b> or more (of level 0: tables). Of such levels it is the
 *       lowest one's turn: all of its runs come down. Where to, the first of these says that applies:
 *       <ol>
 *         <li>The last level has no runs yet, or a level between has some: a new run of the next level. Reason: "tier".
 *         <li>The last level is <em>full</em>: it has {@code factor} times the bytes that come, or more, rounded (3.5
 *             is 4). If it is not the next level, what comes becomes a new run of the next level. Reason: "tier". If
 *             it is, it must make room first: its runs become one of the level below, and what comes has its turn the
 *             next time. Reason: "deeper". A single run moves as it is, which writes nothing. (Nothing is below level
 *             6. If that is the next level, this rule does not apply.)
 *         <li>The last level has fewer than {@code lastRuns} runs: a new run of the last level. Reason: "tier".
 *         <li>The last level is the next one and has one run: what comes joins it. Those of its tables are inputs
 *             that have a user's key from the smallest of what comes to the greatest, and the result is a part of
 *             that run. Reason: "last".
 *         <li>Otherwise all runs of the last level are merged with what comes, into a new run of the level next to
 *             where it comes from, be that above the last one. Reason: "last".
 *       </ol>
 *   <li><b>The last level has more than {@code lastRuns} runs</b>, which another picker has left, and the first case
 *       has nothing to do: they become one run of that level. Reason: "runs".
 * </ol>
 *
 * <p>A new run has the greatest number of the runs that it is made of. No size of a level is given: what comes from
 * above says how large levels are.
 *
 * <p>{@code lastRuns} is 1 in lazy leveling. With {@code lastRuns} equal to {@code factor} no level is merged
 * eagerly: that is tiering.
 *
 * <p>Example, {@code factor} 4, {@code lastRuns} 1, flushes of 1 MiB, keys all over. Tables 1 to 4 of level 0 become
 * run 4 of level 1, the last level, with 4 MiB. After 8, 12 and 16 flushes level 1 has 8, 12 and 16 MiB, always in
 * run 4. After 20, 4 MiB come and 16 are there: 16/4 is 4, the level is full. Its run moves to level 2, and the 4 MiB
 * become run 20 of level 1. (The number is that of the newest table; merges use up numbers, too, which are left out
 * here.) After 32 flushes level 1 has the runs 32, 28, 24 and 20, which come down as 16 MiB: level 2 has 16, and
 * 16/16 is less than 4. So they join run 4 there, which has 32 MiB then.
 *
 * <p>Cost, in bytes written for each byte put, flushes included, with keys all over, {@code factor} T and L levels: (L -
 * 1) + (T + 1)/2; for T = 10 and L = 3 that is 7.5, where leveling writes 17.5 and tiering 3. A get looks at (L - 1)·(T - 1) + 1 runs
 * at the most. LevelDB's levels have no place for this many runs: the manifest is in {@link ManifestFormat#RUNS}.
 *
 * <p>Source: Dayan and Idreos, "Dostoevsky: Better Space-Time Trade-Offs for LSM-Tree Based Key-Value Stores" (2018),
 * where {@code factor} is T and {@code lastRuns} is Z.
 *
 * @param factor how many runs of a level become one of the next
 * @param lastRuns how many runs the last level may have
 */
@Exercise(
        id = "5.12",
        title = "Lazy leveling",
        points = 4,
        difficulty = Difficulty.MEDIUM,
        hours = 3,
        needs = {"5.2", "5.6"})
public record LazyLeveledPicker(int factor, int lastRuns) implements CompactionPicker {
    @Given
    private static final int DEEPEST = Version.LEVELS - 1;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if {@code factor} is less than 2, or {@code lastRuns} not from 1 to {@code
     * factor}
     */
    @Given
    public LazyLeveledPicker {
        if (factor < 2 || lastRuns < 1 || lastRuns > factor) {
            throw new IllegalArgumentException("a factor of " + factor + ", " + lastRuns + " runs on the last level");
        }
    }

    /** Four runs a level, one on the last. */
    @Given
    public static LazyLeveledPicker defaults() {
        return new LazyLeveledPicker(4, 1);
    }

    /** No level is merged eagerly, not even the last. */
    @Given
    public static LazyLeveledPicker tiering(int factor) {
        return new LazyLeveledPicker(factor, factor);
    }

    @Given
    @Override
    public ManifestFormat format() {
        return ManifestFormat.RUNS;
    }

    @Given
    @Override
    public int levelZeroTables() {
        return factor;
    }

    @Override
    public @Nullable Compaction pick(Version version, State state) {
        int last = last(version);
        for (int level = 0; level < last; level++) {
            if (version.runs(level).size() >= factor) {
                return down(version, level, last);
            }
        }
        List<SortedRun> runs = version.runs(last);
        return runs.size() > lastRuns ? Compaction.ofRuns(runs, last, newest(runs), "runs") : null;
    }

    private static int last(Version version) {
        int last = DEEPEST;
        while (last > 1 && version.runs(last).isEmpty()) {
            last--;
        }
        return last;
    }

    /** What becomes of the runs of a level that has enough of them. */
    private Compaction down(Version version, int level, int last) {
        List<SortedRun> coming = version.runs(level);
        List<SortedRun> there = version.runs(last);
        Compaction tier = Compaction.ofRuns(coming, level + 1, newest(coming), "tier");
        boolean reachesLast = !there.isEmpty();
        for (int between = level + 1; between < last; between++) {
            reachesLast &= version.runs(between).isEmpty();
        }
        if (!reachesLast) {
            return tier;
        }
        boolean isNext = level + 1 == last;
        boolean canMove = !isNext || last < DEEPEST;
        if (canMove && Math.round((double) version.sizeBytes(last) / tier.inputBytes()) >= factor) {
            return isNext ? Compaction.ofRuns(there, last + 1, newest(there), "deeper") : tier;
        }
        if (there.size() < lastRuns) {
            return Compaction.ofRuns(coming, last, newest(coming), "tier");
        }
        return isNext && there.size() == 1 ? join(tier, there.get(0)) : mergeAll(coming, there, level + 1);
    }

    /** What comes, merged into a run: the tables that it does not overlap stay where they are. */
    private static Compaction join(Compaction coming, SortedRun run) {
        Slice from = coming.smallestUserKey();
        Slice to = coming.largestUserKey();
        List<Compaction.LevelInput> inputs = new ArrayList<>(coming.inputs());
        inputs.add(new Compaction.LevelInput(run.level(), run.overlapping(from, to)));
        return new Compaction(inputs, run.level(), run.number(), "last");
    }

    private static Compaction mergeAll(List<SortedRun> coming, List<SortedRun> there, int outputLevel) {
        List<SortedRun> all = new ArrayList<>(coming);
        all.addAll(there);
        return Compaction.ofRuns(all, outputLevel, newest(all), "last");
    }

    private static long newest(List<SortedRun> runs) {
        return runs.stream().mapToLong(SortedRun::number).max().orElse(FileMetadata.ONLY_RUN);
    }
}
