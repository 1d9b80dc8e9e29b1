package storagelab.memtable.toy;

import java.util.Optional;
import java.util.TreeMap;
import storagelab.api.Cursor;
import storagelab.api.KeyRange;
import storagelab.api.OrderedStore;
import storagelab.api.Slice;
import storagelab.course.Toy;

/**
 * A snapshot that is a copy: everything is read, and put into a map.
 *
 * <p>It needs nothing of the store, and is right. It takes as long as reading everything takes, and as much memory as
 * everything is, also if only one key is ever asked for, and nothing ever changes.
 */
@Toy("copies everything")
public final class CopiedSnapshot {
    /** Memory that is counted for an entry besides its bytes: a node of the map, two slices and two arrays. */
    private static final int ENTRY_OVERHEAD_BYTES = 40 + 2 * 24 + 2 * 16;

    private final TreeMap<Slice, Slice> entries = new TreeMap<>();
    private long sizeBytes;

    private CopiedSnapshot() {}

    /** A copy of what {@code store} has now. */
    public static CopiedSnapshot of(OrderedStore store) {
        CopiedSnapshot copy = new CopiedSnapshot();
        try (Cursor cursor = store.cursor(KeyRange.all())) {
            for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                Slice key = Slice.wrap(cursor.key().toByteArray()); // not a view, which would hold a block
                Slice value = Slice.wrap(cursor.value().toByteArray());
                copy.entries.put(key, value);
                copy.sizeBytes += key.length() + value.length() + ENTRY_OVERHEAD_BYTES;
            }
        }
        return copy;
    }

    /** The value that {@code key} had, or nothing if it had none. */
    public Optional<Slice> get(Slice key) {
        return Optional.ofNullable(entries.get(key));
    }

    /** Memory that the copy takes, about. */
    public long sizeBytes() {
        return sizeBytes;
    }
}
