package storagelab.kin;

/**
 * A value at a time.
 *
 * @param time in milliseconds, from 0 to {@link #TIME_MAX}
 * @param value not infinite, and not NaN
 */
public record Point(long time, double value) {
    /** The latest time, about 73 million years after 1970. */
    public static final long TIME_MAX = Long.MAX_VALUE / 4;

    /** Checks both. */
    public Point {
        if (time < 0 || time > TIME_MAX) {
            throw new IllegalArgumentException("a point at the time " + time);
        }
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("a point with the value " + value);
        }
    }
}
