package storagelab.grader.bench.lab07;

import java.util.List;
import java.util.SplittableRandom;
import storagelab.api.Slice;
import storagelab.grader.bench.worker.Cost;
import storagelab.grader.bench.worker.CostProbe;
import storagelab.workload.AccessTracker;
import storagelab.workload.RangeStatistics;

/** How wrong the counts of keys are, with as many new keys as known ones, and that those of ranges are right. */
public final class TrackerCosts implements CostProbe {
    private static final int REQUESTS = 200_000;
    private static final int ORDERS_OF_TEN = 5;

    @Override
    public List<Cost> count(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] counts = new int[TrackedProducts.PRODUCTS];
        Slice[] keys = new Slice[TrackedProducts.PRODUCTS];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = TrackedProducts.key(i);
        }
        AccessTracker tracker = TrackedProducts.tracker();
        for (int i = 0; i < REQUESTS; i++) {
            if (i % 10 < ORDERS_OF_TEN) {
                tracker.put(Slice.utf8("order/" + i), 100);
            } else {
                int product = (int) Math.pow(keys.length, random.nextDouble()) - 1;
                counts[product]++;
                tracker.hit(keys[product], 100);
            }
        }
        double error = 0;
        for (int i = 0; i < keys.length; i++) {
            error += tracker.requestsOf(keys[i]) - counts[i];
        }
        double ofRanges =
                tracker.ranges().stream().mapToDouble(RangeStatistics::requests).sum();
        return List.of(
                Cost.timesReference("requests too many for a key, on average", error / keys.length, 1.25),
                Cost.atMost("requests lost in the ranges", Math.abs(REQUESTS - ofRanges), 0));
    }
}
