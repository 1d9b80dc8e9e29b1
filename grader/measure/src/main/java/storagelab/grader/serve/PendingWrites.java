package storagelab.grader.serve;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;

/**
 * Writes that are executed and not committed: the last one of each key. No client has learnt of an earlier one, since replies wait
 * for the commit.
 *
 * <p>Concurrency: one thread at a time.
 */
final class PendingWrites {
    private static final int ENTRY_OVERHEAD_BYTES = 100;

    private final long number;
    private final Map<Slice, Optional<Slice>> values = new HashMap<>();
    private long bytes;

    /** The batch with this number, empty. */
    PendingWrites(long number) {
        this.number = number;
    }

    /** Batches are committed in the order of their numbers. */
    long number() {
        return number;
    }

    /** What is stored under {@code key} by this batch, nothing if it is deleted; null if the batch does not write it. */
    @Nullable
    Optional<Slice> get(Slice key) {
        return values.isEmpty() ? null : values.get(key);
    }

    /** Stores a value, or deletes the key. */
    void write(Slice key, Optional<Slice> value) {
        values.put(key, value);
        bytes += key.length() + value.map(Slice::length).orElse(0) + ENTRY_OVERHEAD_BYTES;
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    int size() {
        return values.size();
    }

    /** What was written in all, those writes included that were overwritten. */
    long bytes() {
        return bytes;
    }

    /** Adds the writes to {@code target}. */
    void addTo(NavigableMap<Slice, Optional<Slice>> target) {
        target.putAll(values);
    }

    WriteBatch toBatch() {
        WriteBatch batch = new WriteBatch();
        values.forEach((key, value) -> {
            if (value.isPresent()) {
                batch.put(key, value.get());
            } else {
                batch.delete(key);
            }
        });
        return batch;
    }
}
