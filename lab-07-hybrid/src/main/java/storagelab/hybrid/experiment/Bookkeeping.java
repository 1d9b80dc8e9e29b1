package storagelab.hybrid.experiment;

import storagelab.workload.CountMinSketch;
import storagelab.workload.TrackerOptions;

/** What hybrid stores take of memory for what they know about their load, computed from the sizes of objects in a 64-bit JVM with compressed pointers. */
final class Bookkeeping {
    private static final int KEY_BYTES = 24 + 16 + 16; // a slice, and an array with the 16 bytes of a key of the shop
    private static final int POINTER_BYTES = 4;
    private static final int PLACES_BYTES = 6; // of a hash table for an entry: at most three quarters are full
    private static final int COUNTER_BYTES = KEY_BYTES + 32 + PLACES_BYTES; // small counts are objects that all share
    private static final int HOT_KEY_BYTES = KEY_BYTES + 40 + 24 + PLACES_BYTES; // a linked entry, and when it was read
    private static final int ADDERS = 9; // of a range
    private static final int ADDER_BYTES = 32;
    private static final int RANGE_BYTES = ADDERS * (ADDER_BYTES + POINTER_BYTES) + 40 + KEY_BYTES; // in the tracker
    private static final int STATE_BYTES = 40 + 48 + 24; // of a range in the router: in a tree, and since when
    private static final int SAMPLED_KEYS = 4_096;

    private Bookkeeping() {}

    /** Of the toy: a counter for each key that was read, and the time of the last read for each hot one. */
    static long ofToy(long countedKeys, long hotKeys) {
        return countedKeys * COUNTER_BYTES + hotKeys * HOT_KEY_BYTES;
    }

    /** Of the hybrid store: counters and a verdict for each range, the sketch of all keys, and a sample of the keys, which is sorted in a copy of the list. */
    static long ofHybrid(TrackerOptions tracker, long ranges) {
        CountMinSketch sketch = new CountMinSketch(tracker.keyError(), tracker.keyErrorProbability(), tracker.seed());
        long cells = (long) sketch.width() * sketch.depth();
        return cells * Double.BYTES
                + ranges * (RANGE_BYTES + STATE_BYTES)
                + (long) SAMPLED_KEYS * (KEY_BYTES + 2 * POINTER_BYTES);
    }
}
