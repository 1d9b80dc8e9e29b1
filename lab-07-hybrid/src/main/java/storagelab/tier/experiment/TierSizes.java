package storagelab.tier.experiment;

import java.util.HashMap;
import java.util.Map;
import storagelab.api.Cursor;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.StorageEngine;
import storagelab.api.WriteBatch;

/** The keys and values of each tier in bytes, whether anybody looks for them there or not. */
final class TierSizes {
    private final Map<String, Map<Slice, Integer>> sizes = new HashMap<>();
    private long bytes;

    /** Adds what a tier has. */
    void add(String tier, StorageEngine engine) {
        try (Cursor cursor = engine.cursor(KeyRange.all())) {
            for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                put(tier, cursor.key(), cursor.value());
            }
        }
    }

    /** A tier has written {@code batch}. */
    void wrote(String tier, WriteBatch batch) {
        for (WriteBatch.Operation operation : batch.operations()) {
            if (operation instanceof WriteBatch.Put put) {
                put(tier, put.key(), put.value());
            } else {
                Integer old = of(tier).remove(operation.key());
                bytes -= old == null ? 0 : old;
            }
        }
    }

    private void put(String tier, Slice key, Slice value) {
        int size = key.length() + value.length();
        Integer old = of(tier).put(Slice.copyOf(key.toByteArray()), size);
        bytes += size - (old == null ? 0 : old);
    }

    private Map<Slice, Integer> of(String tier) {
        return sizes.computeIfAbsent(tier, id -> new HashMap<>());
    }

    /** Of all tiers together. */
    long bytes() {
        return bytes;
    }

    static long of(WriteBatch batch) {
        return batch.operations().stream()
                .mapToLong(operation -> operation.key().length()
                        + (operation instanceof WriteBatch.Put put ? put.value().length() : 0L))
                .sum();
    }
}
