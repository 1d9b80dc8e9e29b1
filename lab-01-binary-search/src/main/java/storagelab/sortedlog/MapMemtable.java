package storagelab.sortedlog;

import java.util.Iterator;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import storagelab.api.Entry;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.course.ExercisePart;

/**
 * A {@link Memtable} in a sorted map of the JDK. (A structure of {@code java.util.concurrent} does it. Lab 3 builds one.)
 *
 * <p>A tombstone is an entry like any other: it takes the place of the value that was there, and stays.
 *
 * <p>Cost: {@code put} and {@code get} O(log n); {@code sizeBytes}, {@code count} and {@code isEmpty} O(1).
 *
 * <p>Concurrency: one thread puts; any number of threads use the other methods at the same time. A get sees all of an entry
 * or none of it, and sees every put that returned before it began. An iterator that runs while another thread puts gives
 * keys in ascending order, each once, and every entry that was there when it was made or one that replaced it.
 *
 * <p>Example: after {@code put(value("b", "1"))}, {@code put(value("a", "22"))}, {@code put(tombstone("b"))}, {@code
 * sizeBytes()} is (1 + 2 + 64) + (1 + 0 + 64) = 132, and {@code entries(KeyRange.of("aa", "c"))} gives only the tombstone.
 */
@ExercisePart("1.6")
public final class MapMemtable implements Memtable {
    /** Memory that is counted for an entry besides the bytes of its key and value: the objects around them. */
    public static final int ENTRY_OVERHEAD_BYTES = 64;

    private final ConcurrentSkipListMap<Slice, Entry> entries = new ConcurrentSkipListMap<>();
    private final AtomicLong sizeBytes = new AtomicLong();
    private final AtomicInteger count = new AtomicInteger();

    /** A memtable without entries. */
    public MapMemtable() {}

    @Override
    public void put(Entry entry) {
        Entry replaced = entries.put(entry.key(), entry);
        if (replaced == null) {
            count.incrementAndGet();
            sizeBytes.addAndGet(sizeBytes(entry));
        } else {
            sizeBytes.addAndGet(sizeBytes(entry) - sizeBytes(replaced));
        }
    }

    @Override
    public Optional<Entry> get(Slice key) {
        return Optional.ofNullable(entries.get(key));
    }

    /**
     * {@inheritDoc}
     *
     * <p>Sum of key length + value length + {@link #ENTRY_OVERHEAD_BYTES} over the entries it has now: an entry that was
     * replaced is not counted any more.
     */
    @Override
    public long sizeBytes() {
        return sizeBytes.get();
    }

    @Override
    public int count() {
        return count.get();
    }

    @Override
    public boolean isEmpty() {
        return count() == 0;
    }

    @Override
    public Iterator<Entry> entries(KeyRange range) {
        @Nullable Slice end = range.to();
        SortedMap<Slice, Entry> inRange =
                end == null ? entries.tailMap(range.from()) : entries.subMap(range.from(), end);
        return inRange.values().iterator();
    }

    private static long sizeBytes(Entry entry) {
        return (long) entry.key().length() + entry.value().length() + ENTRY_OVERHEAD_BYTES;
    }
}
