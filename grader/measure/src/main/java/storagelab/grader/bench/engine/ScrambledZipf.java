package storagelab.grader.bench.engine;

import java.util.SplittableRandom;

/**
 * Numbers below n of which few come often, as YCSB draws them: the k-th most frequent is drawn with a chance proportional to
 * 1/k^0.99 (after Gray and others, "Quickly Generating Billion-Record Synthetic Databases", 1994), and which number that is a
 * hash says, so that the frequent ones lie anywhere.
 */
final class ScrambledZipf {
    private static final double THETA = 0.99;
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private final int size;
    private final double zeta;
    private final double alpha;
    private final double eta;
    private final SplittableRandom random;

    ScrambledZipf(int size, long seed) {
        this.size = size;
        random = new SplittableRandom(seed);
        zeta = zeta(size);
        alpha = 1 / (1 - THETA);
        eta = (1 - Math.pow(2.0 / size, 1 - THETA)) / (1 - zeta(2) / zeta);
    }

    private static double zeta(int count) {
        double sum = 0;
        for (int i = 1; i <= count; i++) {
            sum += 1 / Math.pow(i, THETA);
        }
        return sum;
    }

    /** So many draws, made beforehand: a draw takes longer than some reads. */
    int[] draws(int count) {
        int[] draws = new int[count];
        for (int i = 0; i < count; i++) {
            draws[i] = (int) Long.remainderUnsigned(hash(rank()), size);
        }
        return draws;
    }

    /** So many draws that are not scrambled: 0 is the most frequent number, 1 the next. */
    int[] ranks(int count) {
        int[] ranks = new int[count];
        for (int i = 0; i < count; i++) {
            ranks[i] = rank();
        }
        return ranks;
    }

    /** How frequent the next number is: 0 for the most frequent one. */
    int rank() {
        double uniform = random.nextDouble();
        double scaled = uniform * zeta;
        if (scaled < 1) {
            return 0;
        }
        if (scaled < 1 + Math.pow(0.5, THETA)) {
            return Math.min(1, size - 1);
        }
        return Math.min(size - 1, (int) (size * Math.pow(eta * uniform - eta + 1, alpha)));
    }

    /** FNV-1a over the eight bytes. */
    private static long hash(long number) {
        long hash = FNV_OFFSET;
        for (int i = 0; i < Long.BYTES; i++) {
            hash = (hash ^ ((number >>> (Byte.SIZE * i)) & 0xff)) * FNV_PRIME;
        }
        return hash;
    }
}
