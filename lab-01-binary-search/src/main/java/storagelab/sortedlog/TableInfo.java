package storagelab.sortedlog;

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
}
