package storagelab.sortedlog;

import storagelab.api.KeyRange;
import storagelab.api.Slice;

/**
 * What is known of a sorted table without reading its entries.
 *
 * @param number its file number
 * @param entries how many entries it has, tombstones included
 * @param sizeBytes size of its file
 * @param smallest its first key
 * @param largest its last key
 */
public record TableInfo(long number, long entries, long sizeBytes, Slice smallest, Slice largest) {
    /** Whether {@code key} is in {@code [smallest, largest]}: outside, the table cannot hold it. */
    public boolean covers(Slice key) {
        return smallest.compareTo(key) <= 0 && key.compareTo(largest) <= 0;
    }

    /** Whether {@code range} and {@code [smallest, largest]} have keys in common: otherwise the table has none in the range. */
    public boolean meets(KeyRange range) {
        Slice to = range.to();
        return largest.compareTo(range.from()) >= 0 && (to == null || smallest.compareTo(to) < 0);
    }
}
