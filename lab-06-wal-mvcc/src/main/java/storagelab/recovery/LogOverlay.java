package storagelab.recovery;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.cursor.EntryCursor;
import storagelab.log.BatchRecord;

/**
 * What a log has after the last operation of an engine, in memory: for each key that it writes the last value, or that it was
 * deleted. It changes only while it is filled.
 *
 * <p>Cost: the keys and values of that part of the log are in memory, a hundred bytes more for each key.
 */
final class LogOverlay {
    private final NavigableMap<Slice, Optional<Slice>> writes = new TreeMap<>();
    private long lastSequence;
    private long operations;

    /** Nothing yet, over an engine that has the operations up to {@code sequence}. */
    LogOverlay(long sequence) {
        this.lastSequence = sequence;
    }

    /** Adds the operations of a record that the engine does not have. */
    void add(BatchRecord record) {
        List<WriteBatch.Operation> all = record.batch().operations();
        int had = (int) Math.max(0, lastSequence + 1 - record.sequence());
        for (WriteBatch.Operation operation : all.subList(had, all.size())) {
            writes.put(
                    operation.key(),
                    operation instanceof WriteBatch.Put put ? Optional.of(put.value()) : Optional.empty());
            operations++;
        }
        lastSequence = record.sequence() + all.size() - 1;
    }

    /** The sequence of the last operation; of nothing added, that of the engine. */
    long lastSequence() {
        return lastSequence;
    }

    /** How many operations were added. */
    long operations() {
        return operations;
    }

    /** The value that was written under a key, or that it was deleted; null if neither. */
    @Nullable
    Optional<Slice> get(Slice key) {
        return writes.get(key);
    }

    /** All of it, as a source for a merge; what was deleted is a tombstone. */
    EntryCursor cursor() {
        return new OverlayCursor(writes);
    }

    private static final class OverlayCursor implements EntryCursor {
        private final NavigableMap<Slice, Optional<Slice>> writes;
        private Map.@Nullable Entry<Slice, Optional<Slice>> current;

        private OverlayCursor(NavigableMap<Slice, Optional<Slice>> writes) {
            this.writes = writes;
        }

        private Map.Entry<Slice, Optional<Slice>> current() {
            if (current == null) {
                throw new IllegalStateException("the cursor is at no entry");
            }
            return current;
        }

        @Override
        public boolean isTombstone() {
            return current().getValue().isEmpty();
        }

        @Override
        public boolean isValid() {
            return current != null;
        }

        @Override
        public void seekToFirst() {
            current = writes.firstEntry();
        }

        @Override
        public void seekToLast() {
            current = writes.lastEntry();
        }

        @Override
        public void seek(Slice key) {
            current = writes.ceilingEntry(key);
        }

        @Override
        public void seekBefore(Slice key) {
            current = writes.lowerEntry(key);
        }

        @Override
        public void next() {
            current = writes.higherEntry(current().getKey());
        }

        @Override
        public void prev() {
            current = writes.lowerEntry(current().getKey());
        }

        @Override
        public Slice key() {
            return current().getKey();
        }

        @Override
        public Slice value() {
            return current().getValue().orElse(Slice.EMPTY);
        }

        @Override
        public void close() {
            current = null;
        }
    }
}
