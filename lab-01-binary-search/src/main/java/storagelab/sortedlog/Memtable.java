package storagelab.sortedlog;

import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import storagelab.api.Slice;
import storagelab.course.ExercisePart;

/**
 * The newest entry of each key that was written lately, in memory and in the order of the keys, so that it can be
 * written out as a {@linkplain SortedTableBuilder sorted table} from front to back.
 *
 * <p>A tombstone is an entry like any other: it takes the place of the value that was there, and stays.
 *
 * <p>Example: after {@code put(value("b", "1"))}, {@code put(value("a", "22"))}, {@code put(tombstone("b"))}, {@code count()}
 * is 2, {@code get("b")} is the tombstone, {@code get("c")} is empty, {@code entries()} gives {@code a} and then {@code b},
 * and {@code sizeBytes()} is (1 + 2 + 64) + (1 + 0 + 64) = 132.
 *
 * <p>Cost: {@code put} and {@code get} O(log n); {@code sizeBytes} and {@code count} O(1).
 *
 * <p>Concurrency: one thread puts; any number of threads use the other methods at the same time. A get sees all of an
 * entry or none of it, and sees every put that returned before it began. An iterator that runs beside puts gives keys in
 * ascending order, each once, and every entry that was there when it was made or one that replaced it. (A structure of
 * {@code java.util.concurrent} does this. Lab 3 builds one.)
 */
@ExercisePart("1.6")
public final class Memtable {
    /** Memory that is counted for an entry besides the bytes of its key and value: the objects around them. */
    public static final int ENTRY_OVERHEAD_BYTES = 64;

    private final ConcurrentSkipListMap<Slice, Entry> entries = new ConcurrentSkipListMap<>();
    private final AtomicLong sizeBytes = new AtomicLong();
    private final AtomicInteger count = new AtomicInteger();

    /** A memtable without entries. */
    public Memtable() {}

    /** Stores {@code entry}, in place of any entry with an equal key. */
    public void put(Entry entry) {
        Entry replaced = entries.put(entry.key(), entry);
        if (replaced == null) {
            count.incrementAndGet();
            sizeBytes.addAndGet(sizeBytes(entry));
        } else {
            sizeBytes.addAndGet(sizeBytes(entry) - sizeBytes(replaced));
        }
    }

    /** The entry of {@code key}, value or tombstone; nothing if this memtable does not know the key. */
    public Optional<Entry> get(Slice key) {
        return Optional.ofNullable(entries.get(key));
    }

    /** Sum of key length + value length + {@link #ENTRY_OVERHEAD_BYTES} over the entries it has now. */
    public long sizeBytes() {
        return sizeBytes.get();
    }

    /** Number of entries, tombstones included. */
    public int count() {
        return count.get();
    }

    /** Whether there are no entries. */
    public boolean isEmpty() {
        return count() == 0;
    }

    /** All entries, tombstones included, in ascending order of the keys. */
    public Iterator<Entry> entries() {
        return entries.values().iterator();
    }

    private static long sizeBytes(Entry entry) {
        return (long) entry.key().length() + entry.value().length() + ENTRY_OVERHEAD_BYTES;
    }
}
