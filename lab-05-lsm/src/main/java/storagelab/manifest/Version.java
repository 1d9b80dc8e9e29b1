package storagelab.manifest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import storagelab.api.Slice;
import storagelab.table.InternalKeyOrder;

/**
 * Which tables a store consists of at one moment, level by level.
 *
 * <p>Level 0 has tables as they were flushed: their keys overlap, and the one with the largest number is the newest. On
 * every other level the tables are disjoint and in the order of their keys, so that one of them at the most has a key.
 * What is on a lower level, of the same key, is newer than what is on a higher one.
 *
 * <p>Concurrency: immutable.
 */
public final class Version {
    /** How many levels there are. */
    public static final int LEVELS = 7;

    private final List<List<FileMetadata>> levels;

    private Version(List<List<FileMetadata>> levels) {
        this.levels = levels;
    }

    /** A store without tables. */
    public static Version empty() {
        List<List<FileMetadata>> levels = new ArrayList<>();
        for (int i = 0; i < LEVELS; i++) {
            levels.add(List.of());
        }
        return new Version(levels);
    }

    /** The tables of a level: of level 0 the newest first, of the others by their keys. */
    public List<FileMetadata> files(int level) {
        return levels.get(level);
    }

    /** All tables. */
    public List<FileMetadata> files() {
        return levels.stream().flatMap(List::stream).toList();
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

    /** The index of the first table of a level other than 0 whose largest key is not before {@code internalKey}. */
    public int firstNotBefore(int level, Slice internalKey) {
        List<FileMetadata> files = files(level);
        int low = 0;
        int high = files.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (InternalKeyOrder.ORDER.compare(files.get(middle).largest(), internalKey) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /**
     * The version after an edit.
     *
     * @throws IllegalArgumentException if it takes away a table that is not there, or the tables of a level other than
     *     0 would overlap; the message names them
     */
    public Version with(VersionEdit edit) {
        List<List<FileMetadata>> next = new ArrayList<>();
        for (int level = 0; level < LEVELS; level++) {
            next.add(level(edit, level));
        }
        return new Version(next);
    }

    private List<FileMetadata> level(VersionEdit edit, int level) {
        Set<Long> deleted = new HashSet<>();
        edit.deletedFiles().stream().filter(file -> file.level() == level).forEach(file -> deleted.add(file.number()));
        List<FileMetadata> files = new ArrayList<>();
        for (FileMetadata file : files(level)) {
            if (!deleted.remove(file.number())) {
                files.add(file);
            }
        }
        for (VersionEdit.NewFile added : edit.newFiles()) {
            if (added.level() == level) {
                files.add(added.file());
                deleted.remove(added.file().number());
            }
        }
        if (!deleted.isEmpty()) {
            throw new IllegalArgumentException(
                    "tables " + deleted + " are to leave level " + level + " and are not there");
        }
        files.sort(
                level == 0
                        ? Comparator.comparingLong(FileMetadata::number).reversed()
                        : Comparator.comparing(FileMetadata::smallest, InternalKeyOrder.ORDER));
        for (int i = 1; level > 0 && i < files.size(); i++) {
            if (InternalKeyOrder.ORDER.compare(
                            files.get(i - 1).largest(), files.get(i).smallest())
                    >= 0) {
                throw new IllegalArgumentException(
                        files.get(i - 1) + " and " + files.get(i) + " overlap on level " + level);
            }
        }
        return List.copyOf(files);
    }

    @Override
    public String toString() {
        List<String> words = new ArrayList<>();
        for (int level = 0; level < LEVELS; level++) {
            if (!files(level).isEmpty()) {
                words.add("level " + level + ": " + files(level).size() + " tables, " + sizeBytes(level) + " bytes");
            }
        }
        return words.isEmpty() ? "no tables" : String.join("; ", words);
    }
}
