package storagelab.adaptive;

/**
 * What a store was asked for in some time. {@link LoadCounters} counts it.
 *
 * @param millis how long that was
 * @param hits gets that found a value
 * @param misses gets that found none
 * @param scans scans, each of which looks for its first key in every run
 * @param scannedBytes bytes of the keys and values that the scans returned
 * @param writes puts and deletes
 * @param writtenBytes bytes of their keys and values
 * @param overwrites those of the puts and deletes whose key had a value
 */
public record LoadWindow(
        long millis,
        long hits,
        long misses,
        long scans,
        long scannedBytes,
        long writes,
        long writtenBytes,
        long overwrites) {
    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is negative, or more keys were overwritten than written
     */
    public LoadWindow {
        boolean isNegative = millis < 0
                || hits < 0
                || misses < 0
                || scans < 0
                || scannedBytes < 0
                || writes < 0
                || writtenBytes < 0
                || overwrites < 0;
        if (isNegative || overwrites > writes) {
            throw new IllegalArgumentException(millis + " ms, " + hits + " hits, " + misses + " misses, " + scans
                    + " scans of " + scannedBytes + " bytes, " + writes + " writes of " + writtenBytes + " bytes, "
                    + overwrites + " of them over a value");
        }
    }

    /** The part of the writes whose key had a value, from 0 to 1; 0 if there was no write. */
    public double overwriteShare() {
        return writes == 0 ? 0 : (double) overwrites / writes;
    }
}
