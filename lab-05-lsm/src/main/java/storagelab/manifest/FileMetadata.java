package storagelab.manifest;

import storagelab.api.Slice;
import storagelab.table.InternalKey;

/**
 * What a store knows of a table without opening it.
 *
 * @param number of its file
 * @param sizeBytes of its file
 * @param smallest internal key in it
 * @param largest internal key in it
 */
public record FileMetadata(long number, long sizeBytes, Slice smallest, Slice largest) {
    /** The smallest key of the user in it. */
    public Slice smallestUserKey() {
        return InternalKey.userKey(smallest);
    }

    /** The largest key of the user in it. */
    public Slice largestUserKey() {
        return InternalKey.userKey(largest);
    }

    /** Whether it may have a key of the user from {@code from} to {@code to}, both included. */
    public boolean overlaps(Slice from, Slice to) {
        return smallestUserKey().compareTo(to) <= 0 && largestUserKey().compareTo(from) >= 0;
    }

    @Override
    public String toString() {
        return "table " + number + " (" + sizeBytes + " bytes, " + InternalKey.toString(smallest) + " to "
                + InternalKey.toString(largest) + ")";
    }
}
