package storagelab.compaction;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import storagelab.api.Slice;
import storagelab.manifest.FileMetadata;
import storagelab.manifest.SortedRun;
import storagelab.manifest.Version;
import storagelab.manifest.VersionEdit;
import storagelab.sstable.InternalKeyOrder;

/**
 * A merge that is to be done: tables of some levels, which new tables of one run take the place of.
 *
 * <p>Invariant: a merge jumps over nothing. Between an input and the result, in the order in which a get looks at
 * runs, there is no other table with keys in the input's range. Otherwise what was newer would be found behind what is
 * older. Example: level 0 has the tables 12, 9 and 5, all from {@code a} to {@code z}. 12 and 9 can become a run of
 * level 1 only together with 5: without it, 5 would stay on level 0 and be found first. 9 and 5 can, and 5 alone.
 *
 * @param inputs tables by level, from the lowest level on
 * @param outputLevel where the result goes; not 0, where tables come to by flushes only
 * @param outputRun the run that the result is, or joins
 * @param reason in a word, for counters
 */
public record Compaction(List<LevelInput> inputs, int outputLevel, long outputRun, String reason) {
    /**
     * Tables of one level.
     *
     * @param level of which
     * @param files in the order of the level
     */
    public record LevelInput(int level, List<FileMetadata> files) {
        public LevelInput {
            files = List.copyOf(files);
        }
    }

    /**
     * Leaves levels without inputs out.
     *
     * @throws IllegalArgumentException if there are no inputs at all, or the output level is not from 1 to 6
     */
    public Compaction {
        inputs = inputs.stream().filter(input -> !input.files.isEmpty()).toList();
        if (inputs.isEmpty() || outputLevel < 1 || outputLevel >= Version.LEVELS) {
            throw new IllegalArgumentException(
                    "a compaction of " + inputs.size() + " levels with tables into level " + outputLevel);
        }
    }

    /** A merge of all tables into one run on the last level, which LevelDB understands. */
    public static Compaction ofAll(Version version, String reason) {
        return ofRuns(version.runs(), Version.LEVELS - 1, FileMetadata.ONLY_RUN, reason);
    }

    /** A merge of whole runs, which come in the order in which a get looks at them. */
    static Compaction ofRuns(List<SortedRun> runs, int outputLevel, long outputRun, String reason) {
        List<LevelInput> inputs = new ArrayList<>();
        for (int level = 0; level < Version.LEVELS; level++) {
            int here = level;
            inputs.add(new LevelInput(
                    level,
                    runs.stream()
                            .filter(run -> run.level() == here)
                            .flatMap(run -> run.files().stream())
                            .toList()));
        }
        return new Compaction(inputs, outputLevel, outputRun, reason);
    }

    /** All tables that are read. */
    public List<FileMetadata> files() {
        return inputs.stream().flatMap(input -> input.files.stream()).toList();
    }

    /**
     * Whether there is nothing to merge: tables of one run can move to another level as they are, which writes nothing
     * but an edit.
     */
    public boolean isTrivialMove() {
        LevelInput first = inputs.get(0);
        long run = first.files.get(0).run();
        return inputs.size() == 1
                && first.level != outputLevel
                && first.files.stream().allMatch(file -> file.run() == run);
    }

    /** Bytes that are read. */
    public long inputBytes() {
        return files().stream().mapToLong(FileMetadata::sizeBytes).sum();
    }

    /** The smallest key of the user in the inputs. */
    public Slice smallestUserKey() {
        return files().stream()
                .map(FileMetadata::smallestUserKey)
                .min(Slice::compareTo)
                .orElseThrow();
    }

    /** The largest key of the user in the inputs. */
    public Slice largestUserKey() {
        return files().stream()
                .map(FileMetadata::largestUserKey)
                .max(Slice::compareTo)
                .orElseThrow();
    }

    /**
     * The edit that puts {@code outputs} in the place of the inputs, and says where the level goes on next time. The
     * outputs become parts of the {@linkplain #outputRun output run}, and are as new as the newest input.
     */
    public VersionEdit edit(List<FileMetadata> outputs) {
        VersionEdit edit = new VersionEdit();
        long newestMillis =
                files().stream().mapToLong(FileMetadata::newestMillis).max().orElseThrow();
        for (LevelInput input : inputs) {
            input.files.forEach(file -> edit.delete(input.level, file.number()));
        }
        outputs.forEach(file -> edit.add(outputLevel, file.inRun(outputRun, newestMillis)));
        LevelInput first = inputs.get(0);
        return edit.setCompactPointer(
                first.level, first.files.get(first.files.size() - 1).largest());
    }

    /**
     * Makes sure that the merge jumps over nothing in {@code version}, which it was picked from.
     *
     * @throws IllegalArgumentException if it does; the message names the two tables
     */
    public void check(Version version) {
        Set<Long> numbers = new HashSet<>();
        files().forEach(file -> numbers.add(file.number()));
        for (SortedRun run : version.runs()) {
            for (FileMetadata other : run.files()) {
                if (!numbers.contains(other.number())) {
                    inputs.forEach(input -> checkOrder(input, run, other));
                }
            }
        }
    }

    private void checkOrder(LevelInput input, SortedRun run, FileMetadata other) {
        int fromOutput = order(run.level(), run.number(), outputLevel, outputRun);
        for (FileMetadata file : input.files) {
            int fromInput = order(run.level(), run.number(), input.level, file.run());
            boolean isBetween = fromInput * fromOutput < 0;
            boolean isLeftAbove = fromInput == 0 // two versions of a key in two tables of a run: the older stays
                    && fromOutput < 0
                    && InternalKeyOrder.ORDER.compare(file.largest(), other.smallest()) < 0;
            if ((isBetween || isLeftAbove) && other.overlaps(file.smallestUserKey(), file.largestUserKey())) {
                throw new IllegalArgumentException(
                        file + " of level " + input.level + " may not become a part of run " + outputRun + " of level "
                                + outputLevel + ": " + other + " of level " + run.level() + " lies between them");
            }
        }
    }

    /** Negative if a get looks at the first run before the second, 0 if they are one. */
    private static int order(int level, long run, int otherLevel, long otherRun) {
        return level != otherLevel ? Integer.compare(level, otherLevel) : Long.compare(otherRun, run);
    }
}
