package storagelab.manifest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import storagelab.api.Slice;
import storagelab.course.ExercisePart;
import storagelab.course.Solution;
import storagelab.sstable.InternalKeyOrder;

/**
 * Which tables a store consists of at one moment: on each level some {@linkplain SortedRun sorted runs}.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>On level 0 each table is a run, as it was flushed. On other levels a run may have many tables, which are
 *       disjoint and in the order of their keys.
 *   <li>The runs of a level are ordered by age: the greater {@linkplain SortedRun#number number} is the newer one, and
 *       no two have the same.
 *   <li>Of a key, what is found first is the newest: from the lowest level to the highest, and on each level from the
 *       newest run to the oldest.
 * </ol>
 *
 * <p>{@link #with} sees to the first two. The third is kept by merges that never jump over anything ({@code
 * Compaction}); it is proved by reading all tables.
 *
 * <p>Example: level 0 has the tables 12 and 9, level 1 the runs 8 and 5, level 2 the run 0 with ten tables. A get asks
 * table 12, table 9, one table of run 8, one of run 5, and one of the ten.
 *
 * <p>Concurrency: immutable.
 */
public final class Version {
    /** How many levels there are. */
    public static final int LEVELS = 7;

    private static final Comparator<FileMetadata> BY_RUN_AND_KEY = Comparator.comparingLong(FileMetadata::run)
            .reversed()
            .thenComparing(FileMetadata::smallest, InternalKeyOrder.ORDER);

    private final List<List<SortedRun>> levels; // runs of each, the newest first
    private final List<List<FileMetadata>> files; // of each level, run by run
    private final List<SortedRun> runs; // of all levels, in the order in which a get looks at them

    private Version(List<List<SortedRun>> levels) {
        this.levels = List.copyOf(levels);
        this.files = this.levels.stream()
                .map(runs -> runs.stream().flatMap(run -> run.files().stream()).toList())
                .toList();
        this.runs = this.levels.stream().flatMap(List::stream).toList();
    }

    /** A store without tables. */
    public static Version empty() {
        List<List<SortedRun>> levels = new ArrayList<>();
        for (int i = 0; i < LEVELS; i++) {
            levels.add(List.of());
        }
        return new Version(levels);
    }

    /** The runs of a level, the newest first. */
    public List<SortedRun> runs(int level) {
        return levels.get(level);
    }

    /** All runs, in the order in which a get looks at them: of any key, what is found first is the newest. */
    public List<SortedRun> runs() {
        return runs;
    }

    /** The tables of a level, run by run from the newest, and in each by their keys. */
    public List<FileMetadata> files(int level) {
        return files.get(level);
    }

    /** All tables. */
    public List<FileMetadata> files() {
        return files.stream().flatMap(List::stream).toList();
    }

    /** Bytes of the tables of a level. */
    public long sizeBytes(int level) {
        return files(level).stream().mapToLong(FileMetadata::sizeBytes).sum();
    }

    /**
     * The tables of a level that may have a key of the user from {@code from} to {@code to}, both included, in the
     * level's order.
     */
    public List<FileMetadata> overlapping(int level, Slice from, Slice to) {
        return files(level).stream().filter(file -> file.overlaps(from, to)).toList();
    }

    /** Whether LevelDB would understand it: each level but 0 is a single run. */
    public boolean fitsLevelDb() {
        return levels.subList(1, LEVELS).stream().allMatch(runs -> runs.size() <= 1);
    }

    /**
     * The version after an edit: of each level, the tables that were there, without those that go, and with those that
     * come. Deletions are done first, so that an edit may say that a table of a level goes and comes again. Runs that
     * the edit does not change are the same objects in both versions: {@code grouped} sees to it.
     *
     * <p>Example: level 1 has the tables 8 ({@code b} to {@code d}) and 9 ({@code p} to {@code t}), both of the only run. An
     * edit deletes 8 from level 1 and adds it to level 2. Another one adds table 10, {@code c} to {@code e}, to level 1: it
     * is refused as long as 8 is there, and fits after the first.
     *
     * <p>Cost: O(n log n) for n tables of the levels that change.
     *
     * @throws IllegalArgumentException if it takes away a table that is not there, or the tables of a run would overlap;
     *     the message names them
     */
    @ExercisePart("5.6")
    public Version with(VersionEdit edit) {
        List<List<SortedRun>> next = new ArrayList<>();
        for (int level = 0; level < LEVELS; level++) {
            next.add(edit.changes(level) ? level(edit, level) : runs(level));
        }
        return new Version(next);
    }

    /** This version without what LevelDB does not know: runs other than the only one of a level, and times. */
    Version withoutRuns() {
        List<List<SortedRun>> next = new ArrayList<>();
        for (int level = 0; level < LEVELS; level++) {
            int here = level;
            List<FileMetadata> known =
                    files(level).stream().map(file -> file.withoutRun(here)).toList();
            next.add(known.equals(files(level)) ? runs(level) : grouped(level, known, runs(level)));
        }
        return new Version(next);
    }

    @Solution
    private List<SortedRun> level(VersionEdit edit, int level) {
        Set<Long> deleted = new HashSet<>();
        edit.deletedFiles().stream().filter(file -> file.level() == level).forEach(file -> deleted.add(file.number()));
        List<FileMetadata> left = new ArrayList<>();
        for (FileMetadata file : files(level)) {
            if (!deleted.remove(file.number())) {
                left.add(file);
            }
        }
        for (VersionEdit.NewFile added : edit.newFiles()) {
            if (added.level() == level) {
                left.add(added.file());
            }
        }
        if (!deleted.isEmpty()) {
            throw new IllegalArgumentException(
                    "tables " + deleted + " are to leave level " + level + " and are not there");
        }
        return grouped(level, left, runs(level));
    }

    /**
     * The runs that tables of a level, in any order, make up, the newest first; those that were there before are taken as
     * they are. Refuses runs whose tables overlap.
     */
    private static List<SortedRun> grouped(int level, List<FileMetadata> tables, List<SortedRun> before) {
        Map<Long, SortedRun> known = new HashMap<>();
        before.forEach(run -> known.put(run.number(), run));
        List<FileMetadata> sorted = new ArrayList<>(tables);
        sorted.sort(BY_RUN_AND_KEY);
        List<SortedRun> runs = new ArrayList<>();
        int from = 0;
        for (int to = 1; to <= sorted.size(); to++) {
            if (to == sorted.size() || sorted.get(to).run() != sorted.get(from).run()) {
                List<FileMetadata> files = sorted.subList(from, to);
                SortedRun same = known.get(files.get(0).run());
                runs.add(same != null && same.files().equals(files) ? same : new SortedRun(level, files));
                from = to;
            }
        }
        return List.copyOf(runs);
    }

    @Override
    public String toString() {
        List<String> words = new ArrayList<>();
        for (int level = 0; level < LEVELS; level++) {
            if (!files(level).isEmpty()) {
                int runs = runs(level).size();
                words.add("level " + level + ": " + (level > 0 && runs > 1 ? runs + " runs, " : "")
                        + files(level).size() + " tables, " + sizeBytes(level) + " bytes");
            }
        }
        return words.isEmpty() ? "no tables" : String.join("; ", words);
    }
}
