package storagelab.sortedlog;

import java.util.Iterator;
import java.util.Optional;
import storagelab.api.Entry;
import storagelab.api.KeyRange;
import storagelab.api.Slice;

/**
 * The newest entry of each key that was written lately, in memory and in the order of the keys, so that it can be
 * written out as a {@linkplain SortedTableBuilder sorted table} from front to back.
 *
 * <p>A tombstone is an entry like any other: it takes the place of the value that was there, and stays.
 *
 * <p>Example: after {@code put(value("b", "1"))}, {@code put(value("a", "22"))}, {@code put(tombstone("b"))}, {@code count()}
 * is 2, {@code get("b")} is the tombstone, {@code get("c")} is empty, and {@code entries()} gives {@code a} and then
 * {@code b}.
 *
 * <p>Cost: {@code put} and {@code get} O(log n); {@code sizeBytes}, {@code count} and {@code isEmpty} O(1).
 *
 * <p>Concurrency: one thread puts; any number of threads use the other methods at the same time. A get sees all of an
 * entry or none of it, and sees every put that returned before it began. An iterator that runs beside puts gives keys in
 * ascending order, each once, and every entry that was there when it was made or one that replaced it.
 */
public interface Memtable {
    /** Stores {@code entry}, in place of any entry with an equal key. */
    void put(Entry entry);

    /** The entry of {@code key}, value or tombstone; nothing if this memtable does not know the key. */
    Optional<Entry> get(Slice key);

    /** Memory that the entries take. */
    long sizeBytes();

    /** Number of keys, those with a tombstone included. */
    int count();

    /** Whether there are no entries. */
    boolean isEmpty();

    /**
     * The entries whose keys are in {@code range}, tombstones included, in ascending order of the keys.
     *
     * <p>Cost: O(log n) to begin, and then the entries in the range, not those before it.
     */
    Iterator<Entry> entries(KeyRange range);

    /** Says that no put follows, before the entries are written out. A memtable may refuse puts from then on. */
    default void freeze() {}

    /** All entries, tombstones included, in ascending order of the keys. */
    default Iterator<Entry> entries() {
        return entries(KeyRange.all());
    }
}
