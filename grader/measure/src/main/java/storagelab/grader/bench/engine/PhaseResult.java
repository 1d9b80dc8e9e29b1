package storagelab.grader.bench.engine;

import java.util.Map;

/**
 * What one workload came to, or why it came to nothing.
 *
 * @param workload what was done
 * @param perSecond operations a second; records a second for loads and full scans; {@code NaN} if there is none
 * @param pace of the {@link Calibration}, the slower of before and after
 * @param figures what else was seen
 * @param problem what went wrong, in a sentence; empty if nothing did
 */
public record PhaseResult(
        EngineWorkload workload, double perSecond, double pace, Map<Figure, Double> figures, String problem) {
    public PhaseResult {
        figures = Map.copyOf(figures);
    }

    /** What is seen besides the speed. */
    public enum Figure {
        /** Size of the engine's files, over bytes of keys and values in it. */
        FILE_TO_DATA,
        /** Bytes of files made dirty, over bytes of keys and values put. */
        WRITE_AMPLIFICATION,
        /** Bytes that the engine says it has written to files, over bytes of keys and values put. */
        OWN_WRITE_AMPLIFICATION,
        /** Pages or blocks read from files for a get; system calls that read, where the engine does not count. */
        PAGE_READS_PER_GET,
        /** Bytes of files a second. */
        FILE_BYTES_PER_SECOND,
        /** Bytes a second that a plain file takes in the same directory, with one sync at the end. */
        DISK_BYTES_PER_SECOND,
        /** Milliseconds that it took, once. */
        MILLIS,
        /** How many of the records that were put are not there any more. */
        RECORDS_LOST,
        /** Half of the operations take at most so long. */
        MICROS_MEDIAN,
        /** All but a hundredth of the operations take at most so long. */
        MICROS_P99,
        /** All but a thousandth of the operations take at most so long. */
        MICROS_P999,
        /** The longest of all operations. */
        MICROS_MAX,
        /** What a plain file in the same directory takes for a small write and a sync. */
        MICROS_SYNC,
        /** Operations in a tenth of a second when it is slow, as in one tenth of twenty, over the median of all tenths. */
        SLOW_INTERVAL
    }

    /** There is no figure, and why. */
    public static PhaseResult problem(EngineWorkload workload, String problem) {
        return new PhaseResult(workload, Double.NaN, Double.NaN, Map.of(), problem);
    }
}
