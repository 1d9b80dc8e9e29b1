package storagelab.compaction;

import java.util.List;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.course.Given;
import storagelab.manifest.FileMetadata;
import storagelab.manifest.Version;
import storagelab.sstable.InternalKeyOrder;

/**
 * LevelDB's picker: each level but 0 is one sorted run, {@code factor} times as large as the one above it.
 *
 * <p><b>Which level is next?</b> Each has a {@linkplain #score score}. That of level 0 is the number of its tables
 * divided by {@code levelZeroTables}, since every get may have to look at all of them. That of level n from 1 to 5 is
 * its bytes divided by {@code baseBytes} · {@code factor}^(n-1). Level 6 is the last one: nothing can leave it, and
 * its score is 0. The level with the greatest score is next, if that is 1 or more; of equal ones, the lowest level.
 * If no level has 1, there is nothing to do.
 *
 * <p><b>Which table of it is first?</b> Of level 0, the oldest. Of level n, the first in the level's order whose
 * largest internal key is greater than where the last compaction of level n ended ({@link
 * CompactionPicker.Pointers}), so that all keys have their turn. If none is greater, or no compaction was there, the
 * first table of the level.
 *
 * <p><b>Which go with it?</b> All tables of the same level that have a user's key in the range of the first. With
 * them the range is wider; all tables go that have a key in the wider range, and so on until no more come. On level 0
 * an older table that stayed would be found before what has gone down. On other levels this is rare: {@code m@9} may
 * be the end of one table and {@code m@4} the beginning of the next.
 *
 * <p><b>Into what?</b> They are merged with all tables of level n + 1 that have a user's key from the smallest of
 * them all to the largest, both included. The result is a part of {@link FileMetadata#ONLY_RUN} of level n + 1.
 * Reason: "size". (If there is no such table and only one goes, the compaction has one input. Whoever does it then
 * moves the table as it is.)
 *
 * <p>If a level other than 0 has several runs, which another picker has left, everything is merged first, whatever the
 * scores are: {@link Compaction#ofAll} with the reason "shape".
 *
 * <p>Example, {@code new LeveledPicker(4, 1000, 10)}; all sequences are 7.
 *
 * <table>
 *   <caption>Tables, and scores</caption>
 *   <tr><th>level</th><th>tables, bytes</th><th>score</th></tr>
 *   <tr><td>0</td><td>{@code a} to {@code z}, 500</td><td>1/4 = 0.25</td></tr>
 *   <tr><td>1</td><td>{@code a} to {@code f}, 400; {@code g} to {@code m}, 400; {@code n} to {@code x}, 1200</td>
 *       <td>2000/1000 = 2</td></tr>
 *   <tr><td>2</td><td>{@code b} to {@code c}, 300; {@code h} to {@code k}, 300</td><td>600/10,000 = 0.06</td></tr>
 * </table>
 *
 * <p>Level 1 is next. Without a pointer, {@code a} to {@code f} is merged with {@code b} to {@code c} into level 2.
 * If the last compaction of level 1 ended at {@code f@7}, it is {@code g} to {@code m} with {@code h} to {@code k}.
 * If it ended at {@code m@7}, {@code n} to {@code x} overlaps nothing and moves. If it ended at {@code x@7}, {@code
 * a} to {@code f} has its turn again. The debt is 1000 bytes too many on level 1, times 11: 11,000.
 *
 * <p>Cost: with T for {@code factor}, an entry is written once when it is flushed, and then, table by table, about T
 * times on level 1 and between T/2 and T times on each level below, less often on the last one until that is full.
 * (Levels merged as a whole go from empty to full and would cost (T + 1)/2 each; merged table by table they stay full.)
 * A get looks at the tables of level 0 that may have its key, and at one table a level. Old versions take a ninth of the space, 1/(T - 1), if
 * levels are full.
 *
 * <p>Source: LevelDB, {@code VersionSet::Finalize} and {@code PickCompaction} in {@code db/version_set.cc}.
 *
 * @param levelZeroTables from how many tables on level 0 is merged
 * @param baseBytes of level 1
 * @param factor from one level to the next
 */
@Exercise(
        id = "5.9",
        title = "Leveled compaction",
        points = 5,
        difficulty = Difficulty.MEDIUM,
        hours = 3,
        needs = {"5.2", "5.6"})
public record LeveledPicker(int levelZeroTables, long baseBytes, int factor) implements CompactionPicker {
    @Given
    private static final int LAST = Version.LEVELS - 1;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if {@code levelZeroTables} or {@code baseBytes} is less than 1, or {@code
     *     factor} less than 2
     */
    @Given
    public LeveledPicker {
        if (levelZeroTables < 1 || baseBytes < 1 || factor < 2) {
            throw new IllegalArgumentException(
                    levelZeroTables + " tables on level 0, " + baseBytes + " bytes on level 1, a factor of " + factor);
        }
    }

    /** As LevelDB has it: 4 tables, 10 MiB, a factor of 10. */
    @Given
    public static LeveledPicker defaults() {
        return new LeveledPicker(4, 10 << 20, 10);
    }

    /** How much a level, from 0 to 6, needs a merge; from 1 on, it does. */
    public double score(Version version, int level) {
        if (level == 0) {
            return (double) version.files(0).size() / levelZeroTables;
        }
        return level == LAST ? 0 : (double) version.sizeBytes(level) / (baseBytes * Math.pow(factor, level - 1.0));
    }

    /**
     * What is too much on a level is written once for itself, and with it what it overlaps on the next: the bytes of
     * each level from 1 to 5 above its {@code baseBytes} · {@code factor}^(n-1), if there are any, times {@code
     * factor} + 1. The sum is rounded down.
     */
    @Override
    public long debtBytes(Version version) {
        double debt = 0;
        for (int level = 1; level < LAST; level++) {
            double tooMuch = version.sizeBytes(level) * (1 - 1 / Math.max(1, score(version, level)));
            debt += tooMuch * (1 + factor);
        }
        return (long) debt;
    }

    @Override
    public @Nullable Compaction pick(Version version, State state) {
        if (!version.fitsLevelDb()) {
            return Compaction.ofAll(version, "shape");
        }
        int best = 0;
        for (int level = 1; level < LAST; level++) {
            best = score(version, level) > score(version, best) ? level : best;
        }
        return score(version, best) < 1
                ? null
                : of(version, best, state.pointers().of(best));
    }

    private static Compaction of(Version version, int level, @Nullable Slice pointer) {
        List<FileMetadata> files = version.files(level);
        FileMetadata first = files.get(files.size() - 1); // of level 0, the oldest
        if (level > 0) {
            first = files.stream()
                    .filter(file -> pointer == null || InternalKeyOrder.ORDER.compare(file.largest(), pointer) > 0)
                    .findFirst()
                    .orElse(files.get(0));
        }
        return into(version, level, connected(version, level, first));
    }

    /** The compaction of tables into the next level, with what they overlap there. */
    private static Compaction into(Version version, int level, List<FileMetadata> files) {
        Compaction.LevelInput input = new Compaction.LevelInput(level, files);
        Compaction alone = new Compaction(List.of(input), level + 1, FileMetadata.ONLY_RUN, "size");
        List<FileMetadata> overlapped = version.overlapping(level + 1, alone.smallestUserKey(), alone.largestUserKey());
        List<Compaction.LevelInput> inputs = List.of(input, new Compaction.LevelInput(level + 1, overlapped));
        return new Compaction(inputs, level + 1, FileMetadata.ONLY_RUN, "size");
    }

    /**
     * The tables of a level that have to go together with {@code first}: what has keys of the user in common with it,
     * what has some in common with that, and so on. A table of level 0 that stayed would be above the others and could
     * be older. On other levels it is rare: one key whose versions lie in two tables.
     */
    private static List<FileMetadata> connected(Version version, int level, FileMetadata first) {
        Slice from = first.smallestUserKey();
        Slice to = first.largestUserKey();
        List<FileMetadata> found = List.of(first);
        while (true) {
            List<FileMetadata> wider = version.overlapping(level, from, to);
            if (wider.size() == found.size()) {
                return wider;
            }
            found = wider;
            for (FileMetadata file : wider) {
                from = file.smallestUserKey().compareTo(from) < 0 ? file.smallestUserKey() : from;
                to = file.largestUserKey().compareTo(to) > 0 ? file.largestUserKey() : to;
            }
        }
    }
}
