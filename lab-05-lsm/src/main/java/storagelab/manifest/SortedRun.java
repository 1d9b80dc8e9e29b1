package storagelab.manifest;

import java.util.List;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.sstable.InternalKey;
import storagelab.sstable.InternalKeyOrder;

/**
 * Tables of one level that are disjoint and in the order of their keys: one sorted sequence of entries, cut into files.
 * A get has to look at one of them at the most, so the number of runs is what a get costs.
 *
 * <p>Concurrency: immutable.
 *
 * @param level that it is on
 * @param files its tables, at least one, all with the same {@linkplain FileMetadata#run run}
 */
public record SortedRun(int level, List<FileMetadata> files) {
    /**
     * Checks that the tables are one run.
     *
     * @throws IllegalArgumentException if there is none, if they have different runs, or if two overlap or are not in
     *     order; the message names them
     */
    public SortedRun {
        files = List.copyOf(files);
        if (files.isEmpty()) {
            throw new IllegalArgumentException("a run of no tables on level " + level);
        }
        for (int i = 1; i < files.size(); i++) {
            FileMetadata before = files.get(i - 1);
            FileMetadata file = files.get(i);
            if (before.run() != file.run()) {
                throw new IllegalArgumentException(before + " and " + file + " are of different runs");
            }
            if (InternalKeyOrder.ORDER.compare(before.largest(), file.smallest()) >= 0) {
                throw new IllegalArgumentException(before + " and " + file + " overlap on level " + level);
            }
        }
    }

    /** Its number: of two runs of a level the one with the greater number is newer. */
    public long number() {
        return files.get(0).run();
    }

    /** Bytes of its tables. */
    public long sizeBytes() {
        long bytes = 0;
        for (FileMetadata file : files) {
            bytes += file.sizeBytes();
        }
        return bytes;
    }

    /** A moment after which nothing in it was written; 0 if nobody knows. */
    public long newestMillis() {
        return files.stream().mapToLong(FileMetadata::newestMillis).max().orElseThrow();
    }

    /** The index of the first table whose largest key is not before {@code internalKey}; by binary search. */
    public int firstNotBefore(Slice internalKey) {
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

    /** The one table that may have what {@code seekKey} looks for; null if none may. */
    public @Nullable FileMetadata table(Slice seekKey) {
        int index = firstNotBefore(seekKey);
        return index < files.size() && files.get(index).smallestUserKey().compareTo(InternalKey.userKey(seekKey)) <= 0
                ? files.get(index)
                : null;
    }

    /** The tables that may have a key of the user from {@code from} to {@code to}, both included. */
    public List<FileMetadata> overlapping(Slice from, Slice to) {
        return files.stream().filter(file -> file.overlaps(from, to)).toList();
    }
}
