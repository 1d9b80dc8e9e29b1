package storagelab.grader.serve;

import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import storagelab.api.Cursor;
import storagelab.api.Slice;

/**
 * Walks the entries of a range that have not expired, forward or backward: those of the store with pending writes over them.
 *
 * <p>Concurrency: one thread at a time; it may be another one than that which made it.
 */
final class EntryScan implements AutoCloseable {
    private final Cursor cursor;
    private final boolean isReverse;
    private final Values values;
    private final Iterator<Map.Entry<Slice, Optional<Slice>>> pending;
    private Map.@Nullable Entry<Slice, Optional<Slice>> nextPending;
    private boolean hasBegun;
    private Slice key = Slice.EMPTY;
    private Slice stored = Slice.EMPTY;

    /**
     * Which values are there.
     *
     * @param codec how they are stored
     * @param nowMillis those that expire then or earlier are passed over
     */
    record Values(ValueCodec codec, long nowMillis) {}

    /**
     * A scan before its first entry.
     *
     * @param cursor over the range, which is closed with the scan
     * @param pending writes of keys in the range
     * @param values which of them are there
     */
    EntryScan(Cursor cursor, NavigableMap<Slice, Optional<Slice>> pending, boolean isReverse, Values values) {
        this.cursor = cursor;
        this.isReverse = isReverse;
        this.values = values;
        this.pending =
                (isReverse ? pending.descendingMap() : pending).entrySet().iterator();
        this.nextPending = this.pending.hasNext() ? this.pending.next() : null;
    }

    /** Moves to the next entry; false if there is none. */
    boolean next() {
        while (step()) {
            if (values.codec.expiresAtMillis(stored) > values.nowMillis) {
                return true;
            }
        }
        return false;
    }

    /** Moves to the next entry, expired or not. */
    private boolean step() {
        if (!hasBegun) {
            hasBegun = true;
            if (isReverse) {
                cursor.seekToLast();
            } else {
                cursor.seekToFirst();
            }
        }
        while (true) {
            Map.Entry<Slice, Optional<Slice>> write = nextPending;
            if (write == null) {
                return stepInStore();
            }
            int order = cursor.isValid() ? cursor.key().compareTo(write.getKey()) * (isReverse ? -1 : 1) : 1;
            if (order < 0) {
                return stepInStore();
            }
            if (order == 0) {
                advance();
            }
            nextPending = pending.hasNext() ? pending.next() : null;
            if (write.getValue().isPresent()) {
                key = write.getKey();
                stored = write.getValue().get();
                return true;
            }
        }
    }

    private boolean stepInStore() {
        if (!cursor.isValid()) {
            return false;
        }
        key = cursor.key();
        stored = cursor.value();
        advance();
        return true;
    }

    private void advance() {
        if (isReverse) {
            cursor.prev();
        } else {
            cursor.next();
        }
    }

    Slice key() {
        return key;
    }

    Slice value() {
        return values.codec.value(stored);
    }

    @Override
    public void close() {
        cursor.close();
    }
}
