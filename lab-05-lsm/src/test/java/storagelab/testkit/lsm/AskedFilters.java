package storagelab.testkit.lsm;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import storagelab.api.Slice;
import storagelab.bloom.FilterPolicy;
import storagelab.codec.ByteReader;
import storagelab.codec.ByteWriter;

/**
 * Filters that have the keys themselves, are never wrong, and remember that they were asked. Each begins with the name of its
 * table. Concurrency: safe for many threads.
 */
public final class AskedFilters implements FilterPolicy {
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private volatile String next = "?";

    /** Says the name of the table that is built next. */
    void nameNext(String name) {
        next = name;
    }

    /** Forgets who was asked. */
    public void clear() {
        asked.clear();
    }

    /** The names of the tables whose filters were asked, in their order, each as often as it was. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    @Override
    public String name() {
        return "test.Asked";
    }

    @Override
    public Slice create(List<Slice> keys) {
        ByteWriter filter = new ByteWriter(64).putLengthPrefixed(Slice.utf8(next));
        keys.forEach(filter::putLengthPrefixed);
        return filter.toSlice();
    }

    @Override
    public boolean mayContain(Slice filter, Slice key) {
        ByteReader in = new ByteReader(filter);
        asked.add(in.readLengthPrefixed().toUtf8());
        Set<Slice> keys = new HashSet<>();
        while (in.remaining() > 0) {
            keys.add(in.readLengthPrefixed());
        }
        return keys.contains(key);
    }
}
