package storagelab.grader.bench;

/**
 * What a comparison with a rival is to show.
 *
 * @param kind what is compared
 * @param value the bound
 */
public record RivalTarget(Kind kind, double value) {
    /** What a bound is a bound of. */
    public enum Kind {
        /** Time of the rival over ours, at least. */
        TIMES_AS_FAST,
        /** Our time over the rival's, at most. */
        TIMES_THE_TIME,
        /** Operations a second of all threads together, at least. */
        A_SECOND,
        /** Bytes allocated an operation, at most. */
        BYTES_ALLOCATED
    }

    /** Our structure is at least {@code times} as fast. */
    public static RivalTarget timesAsFast(double times) {
        return new RivalTarget(Kind.TIMES_AS_FAST, times);
    }

    /** Our structure takes at most {@code times} the time. */
    public static RivalTarget timesTheTime(double times) {
        return new RivalTarget(Kind.TIMES_THE_TIME, times);
    }

    /** Our structure does at least {@code operations} a second, whatever the rival does. */
    public static RivalTarget aSecond(double operations) {
        return new RivalTarget(Kind.A_SECOND, operations);
    }

    /** Our structure allocates at most {@code bytes} an operation. */
    public static RivalTarget bytesAllocated(double bytes) {
        return new RivalTarget(Kind.BYTES_ALLOCATED, bytes);
    }
}
