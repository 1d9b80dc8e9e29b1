package storagelab.sstable;

import storagelab.api.Slice;

/**
 * What a finished table is.
 *
 * @param sizeBytes of its file
 * @param entries in it
 * @param smallest internal key
 * @param largest internal key
 */
public record TableSummary(long sizeBytes, long entries, Slice smallest, Slice largest) {}
