package storagelab.lsm.experiment;

import java.util.Arrays;
import java.util.List;
import storagelab.api.Slice;
import storagelab.bloom.BloomFilter;
import storagelab.bloom.FilterPolicy;

/**
 * How the bits of filters are given out to the levels of a tree.
 *
 * <p>A get of a key that is not there reads a block of each level whose filter is wrong: what counts is the sum of the
 * rates of all levels. With levels that grow tenfold, a bit for each key of the largest one is nine of ten bits that there
 * are, and lowers one term of the sum; the same bits are ten for each key of the level above.
 *
 * <p>Source: Dayan, Athanassoulis and Idreos, "Monkey: Optimal Navigable Key-Value Store" (2017).
 */
enum FilterBits {
    /** Equally many for each key of every level. */
    UNIFORM("the same for all levels") {
        @Override
        double[] perKey(int[] sizes, double average) {
            double[] bits = new double[sizes.length];
            Arrays.fill(bits, average);
            return bits;
        }
    },

    /** So that the sum of the rates is as small as it can be: each level's rate is in proportion to its size. */
    MONKEY("more for small levels") {
        @Override
        double[] perKey(int[] sizes, double average) {
            double wanted = average * Arrays.stream(sizes).sum();
            double low = -SMALLEST_RATE; // logarithms of the rate for each key of a level
            double high = 0;
            for (int i = 0; i < Double.SIZE; i++) {
                double middle = (low + high) / 2;
                if (Arrays.stream(sizes)
                                .mapToDouble(size -> size * bits(size, middle))
                                .sum()
                        > wanted) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            double found = high;
            return Arrays.stream(sizes).mapToDouble(size -> bits(size, found)).toArray();
        }
    };

    private static final double SMALLEST_RATE = 100;
    private static final double BITS_PER_E = 1 / (Math.log(2) * Math.log(2));

    private final String words;

    FilterBits(String words) {
        this.words = words;
    }

    /** What it does. */
    String describe() {
        return words;
    }

    /** Bits a key for each level, if there are {@code average} of them for each key of the tree. */
    abstract double[] perKey(int[] sizes, double average);

    /** The share of wrong answers of a filter with so many bits a key: 0.6185^bits. */
    static double rate(double bits) {
        return Math.exp(-bits / BITS_PER_E);
    }

    /** Bits a key for a rate of size · e^logRate; none if that is 1 or more. */
    private static double bits(int size, double logRate) {
        return Math.max(0, -(logRate + Math.log(size)) * BITS_PER_E);
    }

    /**
     * LevelDB's filters with so many bits a key on average. A filter has a whole number of them: so some have one more than
     * others. Without any a filter knows nothing. For one thread.
     */
    static FilterPolicy policy(double perKey) {
        BloomFilter any = new BloomFilter(1);
        double[] owed = {0};
        return new FilterPolicy() {
            @Override
            public String name() {
                return any.name();
            }

            @Override
            public Slice create(List<Slice> keys) {
                owed[0] += perKey;
                int bits = (int) owed[0];
                owed[0] -= bits;
                return bits == 0 ? KNOWS_NOTHING : new BloomFilter(bits).create(keys);
            }

            @Override
            public boolean mayContain(Slice filter, Slice key) {
                return any.mayContain(filter, key);
            }
        };
    }

    /** What LevelDB takes for a filter of a kind that is not known yet. */
    private static final Slice KNOWS_NOTHING = Slice.wrap(new byte[] {0, 31});
}
