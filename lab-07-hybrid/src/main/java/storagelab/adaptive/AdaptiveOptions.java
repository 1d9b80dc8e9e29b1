package storagelab.adaptive;

/**
 * What the costs of a shape depend on besides the load, and how reluctantly a shape is changed.
 *
 * @param factor T: how many times as large a level is as the one above it, and how many runs a level collects
 * @param flushBytes F: the size of a flushed table
 * @param blockBytes B: what a get reads of a run
 * @param falsePositives p: for how many of the runs without the key a get reads a block; 1 without bloom filters
 * @param windowMillis the length of a window of time, about an eighth of the time after which values expire; 0 if values do
 *     not expire, and then there are no windows
 * @param marginPercent how many percent cheaper a shape has to be before it saves anything
 * @param mergesMin how many merges there are at least between two changes; 0 for a store that may be only read for a long time, and then makes none
 */
public record AdaptiveOptions(
        int factor,
        long flushBytes,
        int blockBytes,
        double falsePositives,
        long windowMillis,
        int marginPercent,
        int mergesMin) {
    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if {@code factor} is less than 2, {@code flushBytes} or {@code blockBytes} less than 1,
     *     {@code falsePositives} not from 0 to 1, {@code marginPercent} not from 0 to 99, or another number negative
     */
    public AdaptiveOptions {
        if (factor < 2 || flushBytes < 1 || blockBytes < 1 || windowMillis < 0) {
            throw new IllegalArgumentException("a factor of " + factor + ", flushes of " + flushBytes
                    + " bytes, blocks of " + blockBytes + " bytes, windows of " + windowMillis + " ms");
        }
        if (!(falsePositives >= 0 && falsePositives <= 1) || marginPercent < 0 || marginPercent > 99 || mergesMin < 0) {
            throw new IllegalArgumentException(falsePositives + " of the runs read for nothing, a margin of "
                    + marginPercent + " %, " + mergesMin + " merges between changes");
        }
    }

    /** As lab 5's stores are: a factor of 8, 4 MiB, blocks of 4 KiB, filters of 1 %, no windows; a margin of 5 %, 3 merges. */
    public static AdaptiveOptions defaults() {
        return new AdaptiveOptions(8, 4 << 20, 4 << 10, 0.01, 0, 5, 3);
    }

    /** With another factor. */
    public AdaptiveOptions withFactor(int other) {
        return new AdaptiveOptions(
                other, flushBytes, blockBytes, falsePositives, windowMillis, marginPercent, mergesMin);
    }

    /** With other sizes of flushed tables and of blocks. */
    public AdaptiveOptions withBytes(long flush, int block) {
        return new AdaptiveOptions(factor, flush, block, falsePositives, windowMillis, marginPercent, mergesMin);
    }

    /** With other filters. */
    public AdaptiveOptions withFalsePositives(double share) {
        return new AdaptiveOptions(factor, flushBytes, blockBytes, share, windowMillis, marginPercent, mergesMin);
    }

    /** With windows of another length; 0 for none. */
    public AdaptiveOptions withWindowMillis(long millis) {
        return new AdaptiveOptions(factor, flushBytes, blockBytes, falsePositives, millis, marginPercent, mergesMin);
    }

    /** With another reluctance to change. */
    public AdaptiveOptions withHysteresis(int percent, int merges) {
        return new AdaptiveOptions(factor, flushBytes, blockBytes, falsePositives, windowMillis, percent, merges);
    }
}
