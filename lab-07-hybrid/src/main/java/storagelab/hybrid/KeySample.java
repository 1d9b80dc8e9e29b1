package storagelab.hybrid;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import storagelab.api.KeyRange;
import storagelab.api.Slice;

/**
 * Some of the keys that were asked for last: each request is taken with the same probability, and a newer one takes the place of the oldest.
 *
 * <p>Concurrency: any number of threads; none waits.
 */
final class KeySample {
    private static final int KEYS = 4_096; // a power of two
    private static final int REQUESTS_FOR_A_KEY = 16;

    private final AtomicReferenceArray<@Nullable Slice> keys = new AtomicReferenceArray<>(KEYS);
    private final AtomicInteger next = new AtomicInteger();

    /** A request for {@code key}, which is copied if it is taken. */
    void requested(Slice key) {
        if (ThreadLocalRandom.current().nextInt(REQUESTS_FOR_A_KEY) == 0) {
            keys.set(next.getAndIncrement() & (KEYS - 1), Slice.wrap(key.toByteArray()));
        }
    }

    /** The keys of the sample that are in {@code range}, in their order; a key that was asked for several times may be there several times. */
    List<Slice> in(KeyRange range) {
        List<Slice> found = new ArrayList<>();
        for (int i = 0; i < KEYS; i++) {
            Slice key = keys.get(i);
            if (key != null && range.contains(key)) {
                found.add(key);
            }
        }
        found.sort(Slice::compareTo);
        return found;
    }
}
