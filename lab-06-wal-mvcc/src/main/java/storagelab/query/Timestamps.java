package storagelab.query;

import java.time.DateTimeException;
import java.time.Instant;

/** Timestamps from the two numbers that they are encoded as. */
final class Timestamps {
    private static final int NANOS = 1_000_000_000;

    private Timestamps() {}

    /**
     * The moment that is {@code seconds} and {@code nanos} after the beginning of 1970.
     *
     * @throws IllegalArgumentException if there is no such {@link Instant}, or the nanoseconds are not less than a second
     */
    static Instant of(long seconds, long nanos) {
        if (nanos < 0 || nanos >= NANOS) {
            throw new IllegalArgumentException("a second does not have " + nanos + " nanoseconds");
        }
        try {
            return Instant.ofEpochSecond(seconds, nanos);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("no timestamp is " + seconds + " seconds from 1970", e);
        }
    }
}
