package storagelab.testkit.lsm;

import java.util.List;
import java.util.stream.IntStream;
import storagelab.api.Slice;
import storagelab.bloom.FilterPolicy;

/** How often a filter says "perhaps" of a key that it does not have: as measured, and as computed. */
public final class FilterRates {
    private static final int BLOCK_BITS = 512;

    private FilterRates() {}

    /** {@code count} keys that begin with {@code prefix}. */
    public static List<Slice> keys(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> Slice.utf8(prefix + i)).toList();
    }

    /** The part of {@code asked} keys that are not in a filter of {@code count} others which it takes for its own. */
    public static double measured(FilterPolicy policy, int count, int asked) {
        Slice filter = policy.create(keys("key", count));
        long wrong = IntStream.range(0, asked)
                .filter(i -> policy.mayContain(filter, Slice.utf8("other" + i)))
                .count();
        return (double) wrong / asked;
    }

    /** What it is if bits lie anywhere. */
    public static double anywhere(int bitsPerKey) {
        return Math.pow(0.6185, bitsPerKey);
    }

    /** What it is if the {@code probes} bits of a key lie in one block of 512: the mean over Poisson's law. */
    public static double inBlocks(int bitsPerKey, int probes) {
        double mean = (double) BLOCK_BITS / bitsPerKey;
        double weight = Math.exp(-mean);
        double rate = 0;
        for (int keys = 1; keys < 2 * BLOCK_BITS; keys++) {
            weight *= mean / keys;
            double set = 1 - Math.pow(1 - 1.0 / BLOCK_BITS, (double) probes * keys);
            rate += weight * Math.pow(set, probes);
        }
        return rate;
    }
}
