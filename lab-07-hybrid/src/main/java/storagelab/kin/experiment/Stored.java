package storagelab.kin.experiment;

import storagelab.api.Cursor;
import storagelab.api.KeyRange;
import storagelab.api.OrderedStore;
import storagelab.api.Slice;

/**
 * What a store has below one letter.
 *
 * @param entries how many
 * @param bytes of their keys and values
 */
record Stored(long entries, long bytes) {
    /** The entries whose keys begin with {@code kind}. */
    static Stored in(OrderedStore store, String kind) {
        long entries = 0;
        long bytes = 0;
        try (Cursor cursor = store.cursor(KeyRange.prefix(Slice.utf8(kind)))) {
            for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                entries++;
                bytes += cursor.key().length() + cursor.value().length();
            }
        }
        return new Stored(entries, bytes);
    }
}
