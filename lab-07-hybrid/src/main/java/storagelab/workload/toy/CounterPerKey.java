package storagelab.workload.toy;

import java.util.HashMap;
import java.util.Map;
import storagelab.api.Slice;
import storagelab.course.Toy;

/** Counts the requests for each key exactly. */
@Toy("one thread; a counter for each key that was ever asked for, and none is ever forgotten")
public final class CounterPerKey {
    private static final int HEADER_BYTES = 16; // of an array, in a 64-bit JVM with compressed pointers
    private static final int SLICE_BYTES = 24;
    private static final int COUNT_BYTES = 24; // a boxed long
    private static final int NODE_BYTES = 32; // an entry of the map
    private static final double PLACES_BYTES = 6; // of the map's table: 4 bytes each, at most three quarters are full

    private final Map<Slice, Long> counts = new HashMap<>();
    private long bytes;

    /** A counter of nothing. */
    public CounterPerKey() {}

    /** Counts one request. */
    public void add(Slice key) {
        if (counts.merge(key, 1L, Long::sum) == 1) {
            int array = (HEADER_BYTES + key.length() + Long.BYTES - 1) / Long.BYTES * Long.BYTES;
            bytes += array + SLICE_BYTES + COUNT_BYTES + NODE_BYTES + Math.round(PLACES_BYTES);
        }
    }

    /** The requests for {@code key} so far. */
    public long count(Slice key) {
        return counts.getOrDefault(key, 0L);
    }

    /** The keys that were asked for so far. */
    public int keys() {
        return counts.size();
    }

    /** What the objects of all counters take, computed from their sizes. */
    public long sizeBytes() {
        return bytes;
    }
}
