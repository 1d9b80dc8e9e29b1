package storagelab.writeback;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.course.ExercisePart;
import storagelab.course.Solution;
import storagelab.cursor.EntryCursor;

/**
 * What was written and is not in the engine: for each key its last value, or that it was deleted. A value that is written again takes the
 * place of the one before.
 *
 * <p>A hash table answers gets, and a skip list has the keys in their order, for cursors and for the flush. Both lead to the same {@link Entry} of a key.
 * So a value that replaces another one costs one look into the hash table; only a new key is put into the skip list.
 *
 * <p><b>Snapshots.</b> A snapshot reads at a sequence s, and {@link #pin}s it. From then on a version at s or before stays, behind the one that replaces it; a later
 * one does not. Example: a=1 at 1; a=2 at 2 replaces it; a snapshot pins 2; a=3 at 3 stands before a=2; a=4 at 4 replaces a=3. The snapshot walks from a=4
 * to a=2. When nothing is pinned, the next write of the key drops what is behind.
 *
 * <p>Cost: get O(1); a write of a key that is there O(1), of a new one O(log n).
 *
 * <p>Concurrency: one thread at a time calls {@link #apply} and {@link #pin}; the rest is safe for many threads, and waits for nobody. While {@link #apply} runs,
 * {@link #get(Slice)} may see some of its operations.
 */
final class DirtySet {
    /** What a key takes in memory besides its bytes and its versions, about: its places in both structures. */
    static final long KEY_BYTES = 130;

    /** What a key with one version takes in memory, besides the bytes of the key and the value. */
    static final long ENTRY_BYTES = KEY_BYTES + DirtyVersion.BYTES;

    /** Nothing written. Nothing is ever applied to it. */
    static final DirtySet EMPTY = new DirtySet();

    /** A key and its versions. */
    static final class Entry {
        private final Slice key;
        private volatile DirtyVersion newest;

        private Entry(Slice key, DirtyVersion newest) {
            this.key = key;
            this.newest = newest;
        }

        Slice key() {
            return key;
        }

        DirtyVersion newest() {
            return newest;
        }
    }

    private final ConcurrentHashMap<Slice, Entry> byKey = new ConcurrentHashMap<>();
    private final ConcurrentSkipListMap<Slice, Entry> inOrder = new ConcurrentSkipListMap<>();
    private final AtomicLong bytes = new AtomicLong(); // changed by the thread that applies
    private final AtomicInteger pins = new AtomicInteger();
    private final AtomicInteger size = new AtomicInteger(); // of the hash table, whose own size is slow to count
    private volatile long lastPin; // the greatest sequence that was pinned

    /**
     * Applies a batch whose operations have the sequences from {@code sequence} on, later than all before. Each becomes the newest version of its key. What stays
     * behind it is said above.
     */
    @ExercisePart("7.4")
    void apply(long sequence, WriteBatch batch) {
        long next = sequence;
        for (WriteBatch.Operation operation : batch.operations()) {
            write(operation.key(), operation instanceof WriteBatch.Put put ? put.value() : null, next++);
        }
    }

    @Solution
    private void write(Slice key, @Nullable Slice value, long sequence) {
        Entry entry = byKey.get(key);
        if (entry == null) {
            Entry added = new Entry(key, new DirtyVersion(sequence, value, null));
            inOrder.put(key, added);
            byKey.put(key, added);
            size.incrementAndGet();
            addBytes(KEY_BYTES + key.length() + added.newest.bytes());
        } else {
            DirtyVersion before = entry.newest;
            DirtyVersion after = new DirtyVersion(sequence, value, needed(before));
            entry.newest = after;
            addBytes(after.bytes() - before.bytes());
        }
    }

    /** The part of a chain that a snapshot may read when a newer version stands before it. */
    @Solution
    private @Nullable DirtyVersion needed(DirtyVersion newest) {
        if (pins.get() == 0) {
            return null;
        }
        return newest.sequence() > lastPin ? newest.older() : newest;
    }

    @Solution
    private void addBytes(long added) {
        bytes.set(bytes.get() + added);
    }

    /**
     * Keeps what is here now for a reader at {@code sequence}, that of the last operation that was applied, until {@link #unpin} is called as often as this. More
     * readers of the same sequence may be added by {@link #pinAgain}.
     */
    void pin(long sequence) {
        lastPin = sequence;
        pins.incrementAndGet();
    }

    /** One reader more of a sequence that is pinned. */
    void pinAgain() {
        pins.incrementAndGet();
    }

    /** One reader less. */
    void unpin() {
        pins.decrementAndGet();
    }

    /** What a key was given last; null if nothing. */
    @Nullable
    @ExercisePart("7.4")
    DirtyVersion get(Slice key) {
        if (isEmpty()) {
            return null; // without hashing the key
        }
        Entry entry = byKey.get(key);
        return entry == null ? null : entry.newest;
    }

    /** What a key had at a sequence that is pinned; null if it had nothing in this set. */
    @Nullable
    @ExercisePart("7.4")
    DirtyVersion get(Slice key, long sequence) {
        DirtyVersion newest = get(key);
        return newest == null ? null : newest.at(sequence);
    }

    /** The number of keys. */
    int size() {
        return size.get();
    }

    /** What the entries take in memory, about: {@link #KEY_BYTES} and the bytes of the key, and those of its versions. */
    long bytes() {
        return bytes.get();
    }

    /** Whether nothing was written. */
    boolean isEmpty() {
        return size.get() == 0;
    }

    /** The entries at a sequence that is pinned, as a source for a merge; what was deleted is a tombstone. */
    EntryCursor cursor(long sequence) {
        return new DirtyCursor(inOrder, sequence);
    }

    /**
     * The next entries as a batch: one after the other, puts and deletes, until they have {@code bytesMin} bytes of keys and values or more, or there are no more. The
     * cursor is at the first entry that is not in the batch then.
     */
    @ExercisePart("7.4")
    static WriteBatch nextBatch(EntryCursor entries, long bytesMin) {
        WriteBatch batch = new WriteBatch();
        for (long bytes = 0; entries.isValid() && bytes < bytesMin; entries.next()) {
            Slice key = entries.key();
            Slice value = entries.value();
            if (entries.isTombstone()) {
                batch.delete(key);
            } else {
                batch.put(key, value);
            }
            bytes += key.length() + value.length();
        }
        return batch;
    }

    /**
     * Proves that both structures lead to the same entries, that versions descend, and that the bytes are those of the entries. Nobody may write meanwhile.
     *
     * @throws AssertionError that says what is wrong
     */
    void verify() {
        long sum = 0;
        int keys = 0;
        for (Entry entry : inOrder.values()) {
            if (byKey.get(entry.key) != entry) {
                throw new AssertionError(entry.key + " is in the skip list, and not in the hash table");
            }
            for (DirtyVersion version = entry.newest; version.older() != null; version = version.older()) {
                if (version.older().sequence() >= version.sequence()) {
                    throw new AssertionError(
                            entry.key + " at " + version.older().sequence() + " behind " + version.sequence());
                }
            }
            sum += KEY_BYTES + entry.key.length() + entry.newest.bytes();
            keys++;
        }
        if (keys != size.get() || keys != byKey.size()) {
            throw new AssertionError(keys + " keys in order, " + byKey.size() + " in the hash table, counted " + size);
        }
        if (sum != bytes.get()) {
            throw new AssertionError("a dirty set of " + sum + " bytes that says it has " + bytes);
        }
    }
}
