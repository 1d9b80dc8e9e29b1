package storagelab.grader.bench.engine;

import java.util.SplittableRandom;

/**
 * The numbers below n in an order that looks random and takes no memory: number by number, the same for the same seed.
 *
 * <p>A bijection of the numbers below the next power of two, made of steps that can be undone (multiplying by an odd number,
 * adding the upper bits to the lower ones), is applied until it leads to a number below n.
 */
final class KeyOrder {
    private static final int STEPS = 3;

    private final int size;
    private final long mask;
    private final int shift;
    private final long[] factors = new long[STEPS];
    private final long[] summands = new long[STEPS];

    KeyOrder(int size, long seed) {
        this.size = size;
        int bits = Math.max(2, Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(1, size - 1)));
        mask = (1L << bits) - 1;
        shift = (bits + 1) / 2;
        SplittableRandom random = new SplittableRandom(seed);
        for (int step = 0; step < STEPS; step++) {
            factors[step] = random.nextLong() | 1;
            summands[step] = random.nextLong();
        }
    }

    /** The number at {@code place}; different for different places. */
    int at(int place) {
        long number = place;
        do {
            for (int step = 0; step < STEPS; step++) {
                number = (number * factors[step] + summands[step]) & mask;
                number ^= number >>> shift;
            }
        } while (number >= size);
        return (int) number;
    }
}
