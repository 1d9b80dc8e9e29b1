package storagelab.archive;

import storagelab.api.KeyRange;
import storagelab.api.Slice;

/**
 * An object as the {@link ArchiveIndex} names it: one table, in the format of lab 5, in which each key occurs at most once. It never
 * changes.
 *
 * <p>Its checksum is a part of its name. So two attempts to write the same number with different content have different names, and a
 * request that a store carries out late, after the writer gave it up, overwrites nothing.
 *
 * @param number each object has another one, and they ascend
 * @param checksum CRC-32C of the whole object
 * @param sizeBytes of the whole object
 * @param tailOffset where its filters, its index and its footer begin: what has to be read once, to read blocks afterwards
 * @param sequence of the last operation that it may have
 * @param smallest of its keys
 * @param largest of its keys
 */
public record ArchiveObject(
        long number, int checksum, long sizeBytes, long tailOffset, long sequence, Slice smallest, Slice largest) {
    /** The name after the prefix of the archive. Example: number 18 with the checksum 5e is {@code 0000000000000012-0000005e}. */
    public String name() {
        return "%016x-%08x".formatted(number, checksum);
    }

    /** Bytes of filters, index and footer. */
    public int tailBytes() {
        return Math.toIntExact(sizeBytes - tailOffset);
    }

    /** Whether a key may be in it. */
    public boolean covers(Slice key) {
        return smallest.compareTo(key) <= 0 && key.compareTo(largest) <= 0;
    }

    /** Whether it may have keys of a range. */
    public boolean overlaps(KeyRange range) {
        Slice to = range.to();
        return largest.compareTo(range.from()) >= 0 && (to == null || smallest.compareTo(to) < 0);
    }

    /** Whether it has only keys of a range. */
    public boolean isInside(KeyRange range) {
        return range.contains(smallest) && range.contains(largest);
    }
}
