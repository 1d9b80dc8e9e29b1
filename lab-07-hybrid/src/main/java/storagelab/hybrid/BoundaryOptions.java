package storagelab.hybrid;

/**
 * When an {@link EngineRouter} divides a range, and when it makes one range of two.
 *
 * @param rangesMax the greatest number of ranges; the tracker has to allow as many
 * @param bytesMin a range of less than twice as many bytes is not divided for its load
 * @param bytesMax a range with more bytes is divided whatever its load is
 * @param unevenMin a load is uneven if the hot part of the keys has more than this many times its share of the requests
 * @param coldRequests a range with fewer requests a second is cold
 */
public record BoundaryOptions(int rangesMax, long bytesMin, long bytesMax, double unevenMin, double coldRequests) {
    /** Checks the numbers. */
    public BoundaryOptions {
        if (rangesMax < 1 || bytesMin < 1 || bytesMax < bytesMin) {
            throw new IllegalArgumentException(rangesMax + " ranges of " + bytesMin + " to " + bytesMax + " bytes");
        }
        if (!(unevenMin >= 1) || !(coldRequests >= 0)) {
            throw new IllegalArgumentException(
                    "uneven from " + unevenMin + " on, cold below " + coldRequests + " requests a second");
        }
    }

    /** Up to 1,024 ranges of 1 MiB to 64 MiB; uneven is four times the share; cold is less than one request a second. */
    public static BoundaryOptions defaults() {
        return new BoundaryOptions(1_024, 1 << 20, 64 << 20, 4, 1);
    }

    /** With another number of ranges. */
    public BoundaryOptions withRangesMax(int ranges) {
        return new BoundaryOptions(ranges, bytesMin, bytesMax, unevenMin, coldRequests);
    }

    /** With other sizes of the ranges. */
    public BoundaryOptions withBytes(long min, long max) {
        return new BoundaryOptions(rangesMax, min, max, unevenMin, coldRequests);
    }

    /** With another threshold of an uneven load. */
    public BoundaryOptions withUnevenMin(double times) {
        return new BoundaryOptions(rangesMax, bytesMin, bytesMax, times, coldRequests);
    }

    /** With another threshold of a cold range. */
    public BoundaryOptions withColdRequests(double perSecond) {
        return new BoundaryOptions(rangesMax, bytesMin, bytesMax, unevenMin, perSecond);
    }
}
