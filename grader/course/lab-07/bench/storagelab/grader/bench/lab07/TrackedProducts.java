package storagelab.grader.bench.lab07;

import storagelab.api.Slice;
import storagelab.workload.AccessTracker;
import storagelab.workload.TrackerOptions;

/** A tracker of 10,000 products in 64 ranges, whose clock stands still: reading a real one takes longer than what is measured. */
final class TrackedProducts {
    static final int PRODUCTS = 10_000;
    static final int RANGES = 64;

    private TrackedProducts() {}

    static AccessTracker tracker() {
        AccessTracker tracker = new AccessTracker(TrackerOptions.defaults().withClock(new HandClock()));
        for (int i = 1; i < RANGES; i++) {
            tracker.split(key(start(i)));
        }
        return tracker;
    }

    /** The first product of a range. */
    private static int start(int range) {
        return range * PRODUCTS / RANGES;
    }

    /** The range of a product. */
    static int range(int product) {
        int range = RANGES - 1;
        while (start(range) > product) {
            range--;
        }
        return range;
    }

    static Slice key(int product) {
        return Slice.utf8("product/%05d".formatted(product));
    }
}
