package storagelab.mvcc;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import storagelab.api.KeyRange;
import storagelab.api.Slice;

/**
 * What a serializable transaction has read: keys, those without a value among them, and ranges, in which keys may come
 * that were not there.
 *
 * <p>Concurrency: one thread at a time.
 */
public final class ReadSet {
    private final Set<Slice> keys = new HashSet<>();
    private final List<KeyRange> ranges = new ArrayList<>();

    /** A key was read. */
    public void add(Slice key) {
        keys.add(key);
    }

    /** All keys in a range were read. A cursor adds one part after the other: what continues the last one extends it. */
    public void add(KeyRange range) {
        int last = ranges.size() - 1;
        if (last >= 0 && meets(ranges.get(last), range)) {
            ranges.set(last, union(ranges.get(last), range));
        } else {
            ranges.add(range);
        }
    }

    private static boolean meets(KeyRange one, KeyRange other) {
        return reaches(one, other.from()) && reaches(other, one.from());
    }

    private static boolean reaches(KeyRange range, Slice key) {
        Slice to = range.to();
        return to == null || to.compareTo(key) >= 0;
    }

    private static KeyRange union(KeyRange one, KeyRange other) {
        Slice from = one.from().compareTo(other.from()) <= 0 ? one.from() : other.from();
        Slice to = one.to();
        Slice otherTo = other.to();
        if (to == null || otherTo == null) {
            return KeyRange.from(from);
        }
        return KeyRange.of(from, to.compareTo(otherTo) >= 0 ? to : otherTo);
    }

    /** The keys. */
    public Set<Slice> keys() {
        return keys;
    }

    /** The ranges. */
    public List<KeyRange> ranges() {
        return ranges;
    }

    /** Whether a write of {@code key} changes what was read. */
    public boolean covers(Slice key) {
        return keys.contains(key) || ranges.stream().anyMatch(range -> range.contains(key));
    }

    /** Whether nothing was read. */
    public boolean isEmpty() {
        return keys.isEmpty() && ranges.isEmpty();
    }
}
