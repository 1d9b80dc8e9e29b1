package storagelab.compaction;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import storagelab.manifest.FileMetadata;
import storagelab.manifest.Version;

/**
 * Merges sorted runs of like size, the newest first: RocksDB's universal compaction. An entry is written once for every
 * time that its run grows by a factor, instead of several times on each level; in return a get has more runs to look
 * at, and old versions of a key stay longer.
 *
 * <p>A <em>run</em> is the tables of a level other than 0, or one table of level 0. They have an order: those of level
 * 0 from the newest to the oldest, then level 1, level 2 and so on. With fewer than {@code runsMax} there is nothing to
 * do. Otherwise the first of these rules that applies decides how many runs, counted from the newest, are merged:
 *
 * <ol>
 *   <li><b>Space.</b> If all runs but the oldest have {@code spacePercent} or more of the bytes of the oldest, all are
 *       merged: that much may be old versions and deletions.
 *   <li><b>Size.</b> Runs are taken as long as the next one is not larger than those taken together, plus
 *       {@code ratioPercent}. Two at least, or the rule does not apply.
 *   <li><b>Number.</b> As many as it takes to be below {@code runsMax} again.
 * </ol>
 *
 * <p>Tables of level 0 go together, since what stays there would be above what has left it. The result goes to the
 * level right above the first run that is left, to the last level if none is: so every run is a level of its own, and
 * LevelDB reads the store. If a level other than 0 has several runs, which another picker has left, everything is merged
 * first.
 *
 * <p>Example, {@code runsMax} 4: three tables of 10 MiB on level 0, level 5 with 35 MiB, level 6 with 400. 65 beside
 * 400 is not much space. The 30 MiB of level 0 are taken; 35 is more than 30 and one percent, and stays. So the three
 * tables become a run of 30 MiB, on level 4.
 *
 * <p>Source: RocksDB, {@code include/rocksdb/universal_compaction.h}.
 *
 * @param runsMax from how many runs on there is something to do; 6 at the most, as there are six levels besides 0
 * @param ratioPercent how much larger a run may be to be taken, too
 * @param spacePercent from which part on the newer runs are too much beside the oldest
 */
public record TieredPicker(int runsMax, int ratioPercent, int spacePercent) implements CompactionPicker {
    private static final int LAST = Version.LEVELS - 1;

    public TieredPicker {
        if (runsMax < 2 || runsMax > LAST || ratioPercent < 0 || spacePercent < 1) {
            throw new IllegalArgumentException(
                    runsMax + " runs, a ratio of " + ratioPercent + " %, space of " + spacePercent + " %");
        }
    }

    /** Four runs, a ratio of 1 %, at most 200 % beside the oldest run. */
    public static TieredPicker defaults() {
        return new TieredPicker(4, 1, 200);
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
            return merge(runs, runs.size(), "space");
        }
        int bySize = likeSized(runs);
        return bySize > 0 ? merge(runs, bySize, "size") : merge(runs, enough(runs, count), "number");
    }

    private boolean isTooMuchBesideTheOldest(List<Run> runs) {
        Run oldest = runs.get(runs.size() - 1);
        List<FileMetadata> tables = oldest.files;
        long oldestBytes = oldest.level == 0 ? tables.get(tables.size() - 1).sizeBytes() : oldest.sizeBytes();
        long all = runs.stream().mapToLong(Run::sizeBytes).sum();
        return (all - oldestBytes) * 100 >= oldestBytes * spacePercent;
    }

    /** How many of {@code runs} the rule of size takes; 0 if it does not apply. */
    private int likeSized(List<Run> runs) {
        Run first = runs.get(0);
        long taken = first.sizeBytes();
        int length = 1;
        while (length < runs.size() && runs.get(length).sizeBytes() * 100 <= taken * (100 + ratioPercent)) {
            taken += runs.get(length).sizeBytes();
            length++;
        }
        return length > 1 || first.count() > 1 ? length : 0;
    }

    private int enough(List<Run> runs, int count) {
        int left = count;
        int length = 0;
        while (length < runs.size() && (left + 1 >= runsMax || length < 2)) {
            left -= runs.get(length).count();
            length++;
        }
        return length;
    }

    private static Compaction merge(List<Run> runs, int wanted, String reason) {
        int length = wanted;
        while (length < runs.size() && runs.get(length).level == 1) { // there is no level between it and level 0
            length++;
        }
        List<Compaction.LevelInput> inputs = new ArrayList<>();
        for (Run run : runs.subList(0, length)) {
            inputs.add(new Compaction.LevelInput(run.level, run.files));
        }
        int outputLevel = length == runs.size() ? LAST : runs.get(length).level - 1;
        return new Compaction(inputs, outputLevel, FileMetadata.ONLY_RUN, reason);
    }
}
