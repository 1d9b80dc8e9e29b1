package storagelab.workload;

import storagelab.api.KeyRange;

/**
 * What a range of keys was asked for. The counts have faded, so that they are not whole numbers; see {@link AccessTracker}.
 *
 * @param range the keys
 * @param hits gets that found a value
 * @param misses gets that did not
 * @param shortScans scans over at most {@link TrackerOptions#shortScanEntriesMax()} entries
 * @param longScans scans over more
 * @param scannedEntries the entries of all scans together
 * @param puts values written
 * @param deletes keys deleted
 * @param bytesRead the bytes of the values that hits and scans returned
 * @param bytesWritten the bytes of the values that were put
 */
public record RangeStatistics(
        KeyRange range,
        double hits,
        double misses,
        double shortScans,
        double longScans,
        double scannedEntries,
        double puts,
        double deletes,
        double bytesRead,
        double bytesWritten) {
    /** Gets, whether they found a value or not. */
    public double gets() {
        return hits + misses;
    }

    /** Scans of any length. */
    public double scans() {
        return shortScans + longScans;
    }

    /** Puts and deletes. */
    public double writes() {
        return puts + deletes;
    }

    /** All requests: gets, scans and writes. */
    public double requests() {
        return gets() + scans() + writes();
    }

    /** The mean size of the values that were read or written, in bytes; 0 if there were none. */
    public double meanValueBytes() {
        return mean(bytesRead + bytesWritten, hits + scannedEntries + puts);
    }

    /** The mean number of entries of a scan; 0 if there were none. */
    public double meanScanEntries() {
        return mean(scannedEntries, scans());
    }

    private static double mean(double sum, double count) {
        return count > 0 ? sum / count : 0;
    }
}
