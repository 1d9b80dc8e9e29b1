package storagelab.hybrid;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.bounds.Bounds;

/**
 * Some of the keys that were asked for last: each request is taken with the same probability, and a newer one takes the place of the oldest. If one thread asks, the same
 * seed takes the same requests.
 *
 * <p>Concurrency: any number of threads; none waits to be taken.
 */
final class KeySample {
    private static final int KEYS = 4_096; // a power of two
    private static final int NEW_KEYS = KEYS / 16;
    private static final int REQUESTS_FOR_A_KEY = 16;
    private static final long SEED_STEP = 0x9E3779B97F4A7C15L; // from a thread to the next one

    private final ThreadLocal<SplittableRandom> random;
    private final AtomicReferenceArray<@Nullable Slice> keys = new AtomicReferenceArray<>(KEYS);
    private final AtomicInteger next = new AtomicInteger();
    private List<Slice> sorted = List.of(); // guarded by this
    private int sortedAt; // what next was then; guarded by this

    /** A sample of no requests. */
    KeySample(long seed) {
        AtomicLong seeds = new AtomicLong(seed);
        this.random = ThreadLocal.withInitial(() -> new SplittableRandom(seeds.getAndAdd(SEED_STEP)));
    }

    /** A request for {@code key}, which is copied if it is taken. */
    void requested(Slice key) {
        if (random.get().nextInt(REQUESTS_FOR_A_KEY) == 0) {
            keys.set(next.getAndIncrement() & (KEYS - 1), Slice.wrap(key.toByteArray()));
        }
    }

    /** The keys of the sample that are in {@code range}, in their order; a key that was asked for several times may be there several times. */
    List<Slice> in(KeyRange range) {
        List<Slice> all = sorted();
        int from = Bounds.lowerBound(all, range.from());
        Slice to = range.to();
        return all.subList(from, to == null ? all.size() : Bounds.lowerBound(all, to));
    }

    /** The sample in the order of the keys. It is made anew when a part of it is new: each range asks for it. */
    private synchronized List<Slice> sorted() {
        int now = next.get();
        if (now - sortedAt >= NEW_KEYS || sorted.isEmpty()) {
            List<Slice> found = new ArrayList<>();
            for (int i = 0; i < KEYS; i++) {
                Slice key = keys.get(i);
                if (key != null) {
                    found.add(key);
                }
            }
            found.sort(Slice::compareTo);
            sorted = found;
            sortedAt = now;
        }
        return sorted;
    }
}
