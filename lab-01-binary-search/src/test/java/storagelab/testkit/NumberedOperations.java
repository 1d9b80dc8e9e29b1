package storagelab.testkit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import storagelab.api.Cursor;
import storagelab.api.EngineSnapshot;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.StorageEngine;
import storagelab.api.WriteBatch;

/**
 * Random batches with gaps between their sequences, and what an engine has to have at every sequence.
 *
 * <p>Concurrency: immutable.
 */
final class NumberedOperations {
    private static final int KEYS = 12;
    private static final int OPERATIONS_MAX = 5;
    private static final int GAP_MAX = 4;

    /** A batch and the sequence of its first operation. */
    record Numbered(long sequence, WriteBatch batch) {
        /** The sequence of its last operation. */
        long last() {
            return sequence + batch.operations().size() - 1;
        }
    }

    private final List<Numbered> batches = new ArrayList<>();
    private final Set<Long> ends = new HashSet<>();
    private final Map<Slice, NavigableMap<Long, Optional<Slice>>> versions = new TreeMap<>();

    /** {@code count} batches; values of {@code valueBytes} bytes. */
    NumberedOperations(Random random, int count, int valueBytes) {
        long sequence = 1;
        for (int i = 0; i < count; i++) {
            sequence += random.nextInt(3) == 0 ? random.nextInt(GAP_MAX) : 0;
            WriteBatch batch = new WriteBatch();
            Numbered numbered = new Numbered(sequence, batch);
            int operations = 1 + (random.nextBoolean() ? 0 : random.nextInt(OPERATIONS_MAX));
            for (int n = 0; n < operations; n++) {
                add(batch, sequence++, random, valueBytes);
            }
            batches.add(numbered);
            ends.add(numbered.last());
        }
    }

    private void add(WriteBatch batch, long sequence, Random random, int valueBytes) {
        Slice key = Slice.utf8("key " + random.nextInt(KEYS));
        Slice value = Slice.utf8(("%0" + valueBytes + "d").formatted(sequence));
        boolean deletes = random.nextInt(4) == 0;
        if (deletes) {
            batch.delete(key);
        } else {
            batch.put(key, value);
        }
        versions.computeIfAbsent(key, unused -> new TreeMap<>())
                .put(sequence, deletes ? Optional.empty() : Optional.of(value));
    }

    /** The batches, their sequences ascending. */
    List<Numbered> batches() {
        return batches;
    }

    /** Applies those batches whose first sequence is greater than {@code after}. */
    void applyAfter(long after, StorageEngine engine) {
        for (Numbered numbered : batches) {
            if (numbered.sequence() > after) {
                engine.apply(numbered.sequence(), numbered.batch());
            }
        }
    }

    /** Whether a batch ends at {@code sequence}, or none was applied. */
    boolean isEndOfABatch(long sequence) {
        return sequence == 0 || ends.contains(sequence);
    }

    /** What there has to be when everything up to {@code sequence} was applied. */
    NavigableMap<Slice, Slice> at(long sequence) {
        NavigableMap<Slice, Slice> entries = new TreeMap<>();
        versions.forEach((key, history) -> {
            Map.Entry<Long, Optional<Slice>> version = history.floorEntry(sequence);
            if (version != null) {
                version.getValue().ifPresent(value -> entries.put(key, value));
            }
        });
        return entries;
    }

    /** What a snapshot has, by a cursor. */
    static NavigableMap<Slice, Slice> entries(EngineSnapshot snapshot) {
        NavigableMap<Slice, Slice> entries = new TreeMap<>();
        try (Cursor cursor = snapshot.cursor(KeyRange.all())) {
            for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                entries.put(cursor.key(), cursor.value());
            }
        }
        return entries;
    }
}
