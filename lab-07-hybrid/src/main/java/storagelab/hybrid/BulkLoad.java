package storagelab.hybrid;

import org.jspecify.annotations.Nullable;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.Slice;
import storagelab.api.StorageEngine;
import storagelab.api.WriteBatch;

/** Writes entries that are in the order of their keys to an engine, in batches. */
final class BulkLoad {
    private static final long BATCH_BYTES = 256 << 10;

    private BulkLoad() {}

    /** The number of entries. Throws an IllegalArgumentException if the keys do not ascend. */
    static long into(StorageEngine engine, Cursor sorted) {
        long entries = 0;
        long bytes = 0;
        Slice before = null;
        WriteBatch batch = new WriteBatch();
        for (sorted.seekToFirst(); sorted.isValid(); sorted.next()) {
            Slice key = sorted.key();
            checkAscending(before, key);
            batch.put(key, sorted.value());
            bytes += key.length() + sorted.value().length();
            if (bytes >= BATCH_BYTES) {
                engine.write(batch, Durability.BUFFERED);
                batch = new WriteBatch();
                bytes = 0;
            }
            before = key;
            entries++;
        }
        engine.write(batch, Durability.BUFFERED);
        return entries;
    }

    private static void checkAscending(@Nullable Slice before, Slice key) {
        if (before != null && before.compareTo(key) >= 0) {
            throw new IllegalArgumentException("a bulk load of " + key + " after " + before);
        }
    }
}
