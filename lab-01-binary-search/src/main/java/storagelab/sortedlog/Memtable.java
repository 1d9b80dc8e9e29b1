package storagelab.sortedlog;

import java.util.Iterator;
import java.util.Optional;
import storagelab.api.Slice;
import storagelab.course.ExercisePart;

/** The newest entries of a store, sorted, in memory. */
@ExercisePart("1.6")
public final class Memtable {
    /** Memory that an entry takes besides its key and value: the objects around them. */
    public static final int ENTRY_OVERHEAD_BYTES = 64;

    public Memtable() {}

    public void put(Entry entry) {
        throw new UnsupportedOperationException();
    }

    public Optional<Entry> get(Slice key) {
        throw new UnsupportedOperationException();
    }

    public long sizeBytes() {
        return 0;
    }

    public int count() {
        return 0;
    }

    public boolean isEmpty() {
        return count() == 0;
    }

    public Iterator<Entry> entries() {
        throw new UnsupportedOperationException();
    }
}
