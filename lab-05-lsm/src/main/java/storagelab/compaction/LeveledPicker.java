package storagelab.compaction;

import java.util.List;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.manifest.FileMetadata;
import storagelab.manifest.Version;
import storagelab.table.InternalKeyOrder;

/**
 * LevelDB's picker: each level but 0 is one sorted run, {@code factor} times as large as the one above it.
 *
 * <p>The score of level 0 is the number of its tables divided by {@code levelZeroTables}, since every get may have to
 * look at all of them. That of level n is its bytes divided by {@code baseBytes} · {@code factor}^(n-1). The level
 * with the largest score is next, if that is 1 or more; of equal scores, the lowest level. The last level has no
 * score.
 *
 * <p>Of level n one table is taken, the first whose largest key is behind where the last compaction of the level
 * ended, so that all of its keys have their turn, and the level's first table if there is none; of level 0, the
 * oldest. With it go all tables of its level that have keys in common with it, and those that have some in common with
 * these, and so on: on level 0 an older table that stayed would be found first; on another level two tables may share
 * a key, of which they have different versions. With them goes whatever of level n + 1 overlaps the range of all of
 * them, and the result is a part of level n + 1. If there is no such table, a single one just moves. If a level other
 * than 0 has several runs, which another picker has left, everything is merged first ("shape").
 *
 * <p>Example: four tables on level 0, of 4 that are allowed, have a score of 1; 25 MiB on level 1, of 10 MiB, have
 * 2.5. So level 1 is next. The last compaction there ended at {@code k}; the first table behind it has keys from
 * {@code m} to {@code p}. It is merged with the ten or so tables of level 2 that have keys from {@code m} to {@code
 * p}, into level 2.
 *
 * <p>Cost: with T for {@code factor}, an entry is written about (T + 1)/2 times on each level, and once more when it
 * is flushed; table by table somewhat more often, since the ends of the ranges do not meet. A get looks at the tables
 * of level 0 that may have its key, and at one table a level. Old versions take a ninth of the space, 1/(T - 1), if
 * levels are full.
 *
 * <p>Source: LevelDB, {@code VersionSet::Finalize} and {@code PickCompaction} in {@code db/version_set.cc}.
 *
 * @param levelZeroTables from how many tables on level 0 is merged
 * @param baseBytes of level 1
 * @param factor from one level to the next
 */
public record LeveledPicker(int levelZeroTables, long baseBytes, int factor) implements CompactionPicker {
    private static final int LAST = Version.LEVELS - 1;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if {@code levelZeroTables} or {@code baseBytes} is less than 1, or {@code
     *     factor} less than 2
     */
    public LeveledPicker {
        if (levelZeroTables < 1 || baseBytes < 1 || factor < 2) {
            throw new IllegalArgumentException(
                    levelZeroTables + " tables on level 0, " + baseBytes + " bytes on level 1, a factor of " + factor);
        }
    }

    /** As LevelDB has it: 4 tables, 10 MiB, a factor of 10. */
    public static LeveledPicker defaults() {
        return new LeveledPicker(4, 10 << 20, 10);
    }

    /** How much a level needs a merge; from 1 on, it does. */
    public double score(Version version, int level) {
        if (level == 0) {
            return (double) version.files(0).size() / levelZeroTables;
        }
        return level == LAST ? 0 : (double) version.sizeBytes(level) / (baseBytes * Math.pow(factor, level - 1.0));
    }

    /** What is too much on a level is written once for itself, and with it what it overlaps on the next. */
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
    static List<FileMetadata> connected(Version version, int level, FileMetadata first) {
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
