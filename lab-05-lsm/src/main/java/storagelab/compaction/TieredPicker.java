package storagelab.compaction;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.course.Given;
import storagelab.manifest.FileMetadata;
import storagelab.manifest.Version;

/**
 * Merges sorted runs of like size, the newest first: RocksDB's universal compaction. An entry is written once for every
 * time that its run grows by a factor, instead of several times on each level; in return a get has more runs to look
 * at, and old versions of a key stay longer.
 *
 * <p>A <em>run</em> is the tables of a level other than 0, or one table of level 0. They have an order: those of level
 * 0 from the newest to the oldest, then level 1, level 2 and so on. With fewer than {@code runsMax} there is nothing to
 * do. Otherwise the first of these rules that applies decides which are merged. In the second and third, the tables of
 * level 0 go together, and are one run that has the bytes of all of them.
 *
 * <ol>
 *   <li><b>Space.</b> If all runs but the oldest have {@code spacePercent} percent of the bytes of the oldest or
 *       more, all are merged: that much may be old versions and deletions. Reason: "space".
 *   <li><b>Size.</b> From the newest run on, runs are taken as long as the next one is not larger than those taken
 *       together, plus {@code ratioPercent} percent. If only one was taken, the same is tried from the next run on.
 *       Level 0 is enough by itself if it has two tables. Reason: "size".
 *   <li><b>Number.</b> Two neighbours: those of which the older one is the fewest times as large as the newer one; of
 *       equal ones, the newest. Reason: "number".
 * </ol>
 *
 * <p>All of their tables are inputs. The result is {@link FileMetadata#ONLY_RUN} of the level right above the first run
 * behind it, of the last level, 6, if there is none: so every run is a level of its own, and LevelDB reads the store.
 *
 * <p>If only level 0 is merged, and a run is on level 1, there is no level between them. Then a run has to move
 * first: the deepest one that has an empty level right below it, to right above the next run, or to level 6 if it is
 * the oldest. Reason: "room". The merge has its turn the next time. If there is no gap, the run of level 1 is merged,
 * too, and the result goes to level 1.
 *
 * <p>If a level other than 0 has several runs, which another picker has left, everything is merged first, whatever the
 * number: {@link Compaction#ofAll} with the reason "shape".
 *
 * <p>Example, {@code new TieredPicker(4, 1, 200)}: three tables of 10 MiB on level 0, level 5 with 35 MiB, level 6 with
 * 400. 65 beside 400 is not much space. The 30 MiB of level 0 are taken; 35 is more than 30 and one percent, and stays.
 * So the three tables become a run of 30 MiB, on level 4. With one more table of 10 MiB there are four runs again:
 * 10, 30, 35, 400. From 10 on nothing can be taken, nor from 30, nor from 35. The number decides: 30 is 3 times as
 * large as 10, 35 is 1.2 times as large as 30, 400 is 11 times as large as 35. So 30 and 35 become 65, on level 5.
 *
 * <p>Cost: between flushes there are k = {@code runsMax} - 1 runs at the most. With so few, n flushes of equal size
 * cost about k/(k+1) · (k! · n)^(1/k) writes a byte even if every merge is the best one; this picker needs up to 1.5
 * times as many. For k = 5 and 1,000 flushes these are 8.6 and 11; for k = 3 they are 13.6 and 16. So few runs pay for
 * small stores only: more of them, for which LevelDB's levels have no place, write less ({@link
 * LazyLeveledPicker#tiering}: 3 writes, 27 runs).
 *
 * <p>Source: RocksDB, {@code include/rocksdb/universal_compaction.h}, whose rule of number takes the newest runs: with
 * k = 3 that is 44 writes for 1,000 flushes. The best merges: Mathieu, Staelin, Young and Yousefi, "Bigtable Merge
 * Compaction" (2014).
 *
 * @param runsMax from how many runs on there is something to do; 6 at the most, as there are six levels besides 0
 * @param ratioPercent how much larger a run may be to be taken, too
 * @param spacePercent from which part on the newer runs are too much beside the oldest
 */
@Exercise(
        id = "5.10",
        title = "Tiered compaction",
        points = 4,
        difficulty = Difficulty.MEDIUM,
        hours = 3,
        needs = {"5.2", "5.6"})
public record TieredPicker(int runsMax, int ratioPercent, int spacePercent) implements CompactionPicker {
    @Given
    private static final int LAST = Version.LEVELS - 1;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if {@code runsMax} is not from 2 to 6, {@code ratioPercent} is negative, or
     *     {@code spacePercent} less than 1
     */
    @Given
    public TieredPicker {
        if (runsMax < 2 || runsMax > LAST || ratioPercent < 0 || spacePercent < 1) {
            throw new IllegalArgumentException(
                    runsMax + " runs, a ratio of " + ratioPercent + " %, space of " + spacePercent + " %");
        }
    }

    /** Six runs, a ratio of 1 %, at most 200 % beside the oldest run. */
    @Given
    public static TieredPicker defaults() {
        return new TieredPicker(6, 1, 200);
    }

    /** The tables of a run. All of level 0 is the first one, with as many runs as it has tables. */
    private record Run(int level, List<FileMetadata> files) {
        long sizeBytes() {
            return files.stream().mapToLong(FileMetadata::sizeBytes).sum();
        }

        int count() {
            return level == 0 ? files.size() : 1;
        }
    }

    @Given
    @Override
    public int levelZeroTables() {
        return runsMax;
    }

    @Override
    public @Nullable Compaction pick(Version version, State state) {
        if (!version.fitsLevelDb()) {
            return Compaction.ofAll(version, "shape");
        }
        List<Run> runs = new ArrayList<>();
        for (int level = 0; level < Version.LEVELS; level++) {
            if (!version.files(level).isEmpty()) {
                runs.add(new Run(level, version.files(level)));
            }
        }
        int count = runs.stream().mapToInt(Run::count).sum();
        if (count < runsMax) {
            return null;
        }
        if (isTooMuchBesideTheOldest(runs)) {
            return merge(runs, 0, runs.size(), "space");
        }
        for (int from = 0; from < runs.size(); from++) {
            int to = from + likeSized(runs.subList(from, runs.size()));
            if (to > from) {
                return merge(runs, from, to, "size");
            }
        }
        int alike = mostAlike(runs);
        return merge(runs, alike, alike + 2, "number");
    }

    private boolean isTooMuchBesideTheOldest(List<Run> runs) {
        Run oldest = runs.get(runs.size() - 1);
        List<FileMetadata> tables = oldest.files;
        long oldestBytes = oldest.level == 0 ? tables.get(tables.size() - 1).sizeBytes() : oldest.sizeBytes();
        long all = runs.stream().mapToLong(Run::sizeBytes).sum();
        return (all - oldestBytes) * 100 >= oldestBytes * spacePercent;
    }

    /** How many of {@code runs} the rule of size takes from the first one on; 0 if it does not apply. */
    private int likeSized(List<Run> runs) {
        Run first = runs.get(0);
        long taken = first.sizeBytes();
        int length = 1;
        while (length < runs.size() && runs.get(length).sizeBytes() * 100 <= taken * (100L + ratioPercent)) {
            taken += runs.get(length).sizeBytes();
            length++;
        }
        return length > 1 || first.count() > 1 ? length : 0;
    }

    /** The first of the two neighbours of which the older one is the fewest times as large as the newer one. */
    private static int mostAlike(List<Run> runs) {
        int best = 0;
        double least = Double.MAX_VALUE;
        for (int i = 0; i + 1 < runs.size(); i++) {
            double ratio = (double) runs.get(i + 1).sizeBytes() / runs.get(i).sizeBytes();
            if (ratio < least) {
                least = ratio;
                best = i;
            }
        }
        return best;
    }

    /** Merges the runs {@code [from, to)}, or makes room for the result, if there is none. */
    private static Compaction merge(List<Run> runs, int from, int to, String reason) {
        boolean hasRoom = to == runs.size() || runs.get(to).level > 1;
        Compaction move = hasRoom ? null : down(runs);
        if (move != null) {
            return move;
        }
        int end = hasRoom ? to : to + 1;
        List<Compaction.LevelInput> inputs = new ArrayList<>();
        for (Run run : runs.subList(from, end)) {
            inputs.add(new Compaction.LevelInput(run.level, run.files));
        }
        return new Compaction(inputs, above(runs, end), FileMetadata.ONLY_RUN, reason);
    }

    /** Moves the deepest run behind level 0 that has an empty level below it to above the next run; null if none has. */
    private static @Nullable Compaction down(List<Run> runs) {
        for (int i = runs.size() - 1; i > 0; i--) { // the first is level 0
            Run run = runs.get(i);
            if (run.level < above(runs, i + 1)) {
                List<Compaction.LevelInput> input = List.of(new Compaction.LevelInput(run.level, run.files));
                return new Compaction(input, above(runs, i + 1), FileMetadata.ONLY_RUN, "room");
            }
        }
        return null;
    }

    /** The level above a run; the last one if there is no such run. */
    private static int above(List<Run> runs, int index) {
        return index == runs.size() ? LAST : runs.get(index).level - 1;
    }
}
