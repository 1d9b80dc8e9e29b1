package storagelab.workload;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * How an {@link AccessTracker} counts, and how much memory it may take.
 *
 * @param clock what the time is; it must not go back
 * @param halfLife after which a request counts half
 * @param rangesMax the greatest number of ranges
 * @param shortScanEntriesMax the entries of the longest scan that is called a short one
 * @param keyError ε of the sketch: the error of a key's count, relative to all requests for keys
 * @param keyErrorProbability δ of the sketch: how often the error may be greater
 * @param seed of the hashes of keys
 * @param oneIn of so many requests one is counted, chosen by chance; 1 if all are
 */
public record TrackerOptions(
        InstantSource clock,
        Duration halfLife,
        int rangesMax,
        int shortScanEntriesMax,
        double keyError,
        double keyErrorProbability,
        long seed,
        int oneIn) {
    /** The milliseconds since some moment. Unlike the time of day, they never go back. */
    private static final InstantSource MONOTONIC = new InstantSource() {
        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(millis());
        }

        @Override
        public long millis() {
            return System.nanoTime() / 1_000_000;
        }
    };

    /** Checks the numbers. */
    public TrackerOptions {
        if (halfLife.toMillis() < 1) {
            throw new IllegalArgumentException("a half-life of " + halfLife + ", and the clock counts milliseconds");
        }
        if (rangesMax < 1 || shortScanEntriesMax < 0) {
            throw new IllegalArgumentException(
                    rangesMax + " ranges at most, and short scans of " + shortScanEntriesMax + " entries at most");
        }
        if (oneIn < 1) {
            throw new IllegalArgumentException("one of " + oneIn + " requests is counted");
        }
    }

    /**
     * A half-life of a minute, 1,024 ranges, short scans of up to 100 entries, and 128 KiB for the sketch: a key's count is
     * wrong by more than a thousandth of all requests for two of a hundred keys. Each request is counted.
     */
    public static TrackerOptions defaults() {
        return new TrackerOptions(MONOTONIC, Duration.ofMinutes(1), 1_024, 100, 0.001, 0.02, 0, 1);
    }

    /** With another clock. */
    public TrackerOptions withClock(InstantSource other) {
        return new TrackerOptions(
                other, halfLife, rangesMax, shortScanEntriesMax, keyError, keyErrorProbability, seed, oneIn);
    }

    /** With another half-life. */
    public TrackerOptions withHalfLife(Duration other) {
        return new TrackerOptions(
                clock, other, rangesMax, shortScanEntriesMax, keyError, keyErrorProbability, seed, oneIn);
    }

    /** With another number of ranges. */
    public TrackerOptions withRangesMax(int ranges) {
        return new TrackerOptions(
                clock, halfLife, ranges, shortScanEntriesMax, keyError, keyErrorProbability, seed, oneIn);
    }

    /** With another longest short scan. */
    public TrackerOptions withShortScanEntriesMax(int entries) {
        return new TrackerOptions(clock, halfLife, rangesMax, entries, keyError, keyErrorProbability, seed, oneIn);
    }

    /** With another sketch of the keys. */
    public TrackerOptions withKeyError(double error, double probability) {
        return new TrackerOptions(clock, halfLife, rangesMax, shortScanEntriesMax, error, probability, seed, oneIn);
    }

    /** With other hashes of the keys. */
    public TrackerOptions withSeed(long other) {
        return new TrackerOptions(
                clock, halfLife, rangesMax, shortScanEntriesMax, keyError, keyErrorProbability, other, oneIn);
    }

    /** With one of so many requests counted. */
    public TrackerOptions withOneIn(int requests) {
        return new TrackerOptions(
                clock, halfLife, rangesMax, shortScanEntriesMax, keyError, keyErrorProbability, seed, requests);
    }
}
