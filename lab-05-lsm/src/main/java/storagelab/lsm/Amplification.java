package storagelab.lsm;

import storagelab.api.Metric;
import storagelab.api.StoreStats;
import storagelab.course.ExercisePart;
import storagelab.course.Solution;
import storagelab.file.FileMetrics;

/**
 * What a store does for each byte or call that it is asked for. Three costs of which a log-structured merge tree can make
 * any two small: a merge costs writing, and runs and entries that are not merged yet cost reading and room.
 *
 * <p>Example: a store was given 100 MB, and wrote 100 MB to its log, 100 MB in flushes and 300 MB in merges: 5 bytes for
 * each. Then 1000 gets read 4,100,000 bytes: 4100 each, a block. The tables have 90 MB, and a cursor finds 60 MB of keys and
 * values: 1.5.
 *
 * <p>All bytes that were read count as read for gets. Who wants to know what gets cost measures when nothing is merged and
 * no cursor is moved.
 *
 * @param write bytes written to files for each byte of keys and values put in; 0 if nothing was put in
 * @param read bytes read from files for each get; 0 if there was none
 * @param space bytes of tables for each byte of keys and values that a get finds; 0 if there is nothing
 */
public record Amplification(double write, double read, double space) {
    /**
     * What happened between two moments, and how much room there was at the second. Counters are {@link
     * FileMetrics#BYTES_WRITTEN}, {@link Metric#BYTES_IN}, {@link FileMetrics#BYTES_READ} and {@link Metric#GETS}: what counts is how
     * much they have grown. {@link Metric#TABLE_BYTES} is a gauge: what counts is what it says at the second moment.
     *
     * @param before of the same store, not later than {@code after}
     * @param liveBytes bytes of the keys and values that could be read at the second moment
     */
    @ExercisePart("5.17")
    public static Amplification between(StoreStats before, StoreStats after, long liveBytes) {
        return new Amplification(
                ratio(grown(FileMetrics.BYTES_WRITTEN, before, after), grown(Metric.BYTES_IN, before, after)),
                ratio(grown(FileMetrics.BYTES_READ, before, after), grown(Metric.GETS, before, after)),
                ratio(after.get(Metric.TABLE_BYTES), liveBytes));
    }

    @Solution
    private static long grown(Metric metric, StoreStats before, StoreStats after) {
        return after.get(metric) - before.get(metric);
    }

    @Solution
    private static double ratio(long bytes, long asked) {
        return asked == 0 ? 0 : (double) bytes / asked;
    }
}
