package storagelab.hybrid;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import storagelab.api.Cursor;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.course.ExercisePart;
import storagelab.course.Solution;

/** Gives entries that are in the order of their keys to an engine, in batches. */
final class BulkLoad {
    @Solution
    private static final long BATCH_BYTES = 256 << 10;

    private BulkLoad() {}

    /**
     * Gives every entry of {@code sorted} to {@code target} as a put, in batches: a batch is given when its keys and values have 256 KiB or more, and the rest
     * at the end. So the memory that this takes does not grow with the number of entries.
     *
     * <p>Example: 1,000 entries of 1,024 bytes each are four batches: three of 256 entries, and one of 232.
     *
     * @param sorted is moved to its first entry and from there to its end
     * @return the number of entries
     * @throws IllegalArgumentException if a key is not greater than the one before it; the message names both. Batches that were full before are in the engine
     */
    @ExercisePart("7.11")
    static long into(Consumer<WriteBatch> target, Cursor sorted) {
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
                target.accept(batch);
                batch = new WriteBatch();
                bytes = 0;
            }
            before = key;
            entries++;
        }
        if (!batch.operations().isEmpty()) {
            target.accept(batch);
        }
        return entries;
    }

    @Solution
    private static void checkAscending(@Nullable Slice before, Slice key) {
        if (before != null && before.compareTo(key) >= 0) {
            throw new IllegalArgumentException("a bulk load of " + key + " after " + before);
        }
    }
}
