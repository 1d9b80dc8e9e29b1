package storagelab.manifest;

import storagelab.api.Slice;
import storagelab.sstable.InternalKey;

/**
 * What a store knows of a table without opening it.
 *
 * <p>Tables of a level that have the same run are one {@link SortedRun}: they are disjoint, and were written together
 * or have joined each other. Of two runs of a level the one with the greater number is newer. A flushed table is a run
 * of its own, which has the number of its file; what a merge writes has the run of its newest input, so that it takes
 * the place that its inputs had among the others. Example: of the runs 9, 8, 5 and 2 the two in the middle are merged.
 * The result is run 8, between 9 and 2, although its file has the number 10.
 *
 * <p>Where each level but 0 is a single run, as in LevelDB, that run is {@link #ONLY_RUN}, and nobody has to store it.
 *
 * @param number of its file
 * @param sizeBytes of its file
 * @param smallest internal key in it
 * @param largest internal key in it
 * @param run that it is a part of
 * @param newestMillis a moment, in milliseconds since 1970, after which nothing in it was written; 0 if nobody knows
 */
public record FileMetadata(long number, long sizeBytes, Slice smallest, Slice largest, long run, long newestMillis) {
    /** The run of a level that has only one. It is older than any other. */
    public static final long ONLY_RUN = 0;

    public FileMetadata {
        if (number < 0 || sizeBytes < 0 || run < 0) {
            throw new IllegalArgumentException("table " + number + " of " + sizeBytes + " bytes in run " + run);
        }
    }

    /** A table of a level that is one run, written nobody knows when. */
    public FileMetadata(long number, long sizeBytes, Slice smallest, Slice largest) {
        this(number, sizeBytes, smallest, largest, ONLY_RUN, 0);
    }

    /** This table as a part of a run, with nothing in it that was written after {@code newestMillis}. */
    public FileMetadata inRun(long newRun, long newNewestMillis) {
        return new FileMetadata(number, sizeBytes, smallest, largest, newRun, newNewestMillis);
    }

    /** This table as LevelDB knows it on a level: without a time, and with a run only on level 0, its own. */
    FileMetadata withoutRun(int level) {
        long itsRun = level == 0 ? number : ONLY_RUN;
        return run == itsRun && newestMillis == 0 ? this : inRun(itsRun, 0);
    }

    /** The smallest key of the user in it. */
    public Slice smallestUserKey() {
        return InternalKey.userKey(smallest);
    }

    /** The largest key of the user in it. */
    public Slice largestUserKey() {
        return InternalKey.userKey(largest);
    }

    /** Whether it may have a key of the user from {@code from} to {@code to}, both included. */
    public boolean overlaps(Slice from, Slice to) {
        return smallestUserKey().compareTo(to) <= 0 && largestUserKey().compareTo(from) >= 0;
    }

    @Override
    public String toString() {
        return "table " + number + " (" + sizeBytes + " bytes, " + InternalKey.toString(smallest) + " to "
                + InternalKey.toString(largest) + (run == ONLY_RUN || run == number ? "" : ", run " + run) + ")";
    }
}
