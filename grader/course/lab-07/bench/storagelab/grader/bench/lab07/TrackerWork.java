package storagelab.grader.bench.lab07;

import java.nio.file.Path;
import java.util.Random;
import java.util.stream.IntStream;
import storagelab.api.Slice;
import storagelab.grader.bench.worker.Workload;
import storagelab.workload.AccessTracker;

/** A question makes 16 requests for random products, and asks how many more the range of the first one has then. */
public final class TrackerWork implements Workload {
    private static final int REQUESTS = 16;
    private static final int QUESTIONS = 1_024;

    private final Slice[] keys = IntStream.range(0, TrackedProducts.PRODUCTS)
            .mapToObj(TrackedProducts::key)
            .toArray(Slice[]::new);
    private final int[] products = new int[QUESTIONS * REQUESTS];
    private AccessTracker tracker = TrackedProducts.tracker();

    @Override
    public void prepare(Path directory, Random random) {
        tracker = TrackedProducts.tracker();
        for (int i = 0; i < products.length; i++) {
            products[i] = random.nextInt(TrackedProducts.PRODUCTS);
        }
    }

    @Override
    public int size() {
        return QUESTIONS;
    }

    @Override
    public long ask(int question) {
        int first = question * REQUESTS;
        Slice firstKey = keys[products[first]];
        double before = tracker.rangeOf(firstKey).requests();
        for (int i = first; i < first + REQUESTS; i++) {
            Slice key = keys[products[i]];
            switch (i % 4) {
                case 0 -> tracker.put(key, 100);
                case 1 -> tracker.miss(key);
                default -> tracker.hit(key, 100);
            }
        }
        return Math.round(tracker.rangeOf(firstKey).requests() - before);
    }

    @Override
    public long expected(int question) {
        int first = question * REQUESTS;
        int range = TrackedProducts.range(products[first]);
        return IntStream.range(first, first + REQUESTS)
                .filter(i -> TrackedProducts.range(products[i]) == range)
                .count();
    }

    @Override
    public String describe(int question) {
        return "of 16 requests, those for the range of " + keys[products[question * REQUESTS]];
    }

    @Override
    public void close() {}
}
