package storagelab.bloom;

import java.util.List;
import storagelab.api.Slice;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.course.Given;

/**
 * LevelDB's bloom filter. A filter is an array of bits. Each key sets k of them, and a key is perhaps there if all of
 * its bits are set: if one is not, nobody has put the key in. With b bits for each key and k = b · ln 2, half of all
 * bits are set in the end, and a key that is not there finds all of its bits set with probability 0.6185^b: 0.8 % for
 * ten bits.
 *
 * <p>How many bits a key sets: k = b · 0.69 without what is behind the point (as LevelDB has it), but at least 1 and at
 * most 30. For b = 10 that is 6.
 *
 * <p>Which: a key has one hash of 32 bits, {@code h = LevelDbHash.of(key)}, which is given. Its k bits are {@code h},
 * {@code h + d}, {@code h + 2d} and so on, where d is h rotated <em>right</em> by 17; sums are cut off at 32 bits, as
 * those of {@code int} are, and each sum is taken as an <em>unsigned</em> number modulo the number of bits. That is as
 * good as k hashes, and costs one.
 *
 * <p>Format: b bits for each key, but at least 64, and so many more that they fill whole bytes; bit i is in byte i / 8
 * at the place i mod 8, counted from the lowest. The number of bits, by which sums are taken modulo, is that of all of
 * these bytes. Then one byte, k, so that filters can be asked that were made with other bits a key.
 *
 * <p>Example: b = 10 and the one key {@code hello}. k is 6; 10 bits are made 64. h is {@code 0xf795964e}, d is
 * {@code 0xcb277bca}; modulo 64 they are 14 and 10, so that the bits are 14, 24, 34, 44, 54 and 0:
 *
 * <pre>
 *   byte       0   1   2   3   4   5   6   7   k
 *              01  40  00  01  04  10  40  00  06
 *   bits       0   14      24  34  44  54
 * </pre>
 *
 * <p>With {@code world} besides, the filter is {@code 11 40 00 41 44 10 40 10 06}. 11 keys have 110 bits, in 14 bytes:
 * then it is modulo 112.
 *
 * <p>What is asked need not be a filter of this kind. One whose k is more than 30 is of a kind that is not known yet:
 * it may contain everything. One of fewer than two bytes has no bits, and nothing is in it. For a k of 0 no bit has to
 * be set.
 *
 * <p>Cost: {@code create} O(k) a key; {@code mayContain} one hash and at most k bits. It may end with the first bit that
 * is not set: with half of the bits set that is after two of them, for a key that is not there.
 *
 * <p>Source: LevelDB, {@code util/bloom.cc}, under whose name files know it; Bloom, "Space/Time Trade-offs in Hash
 * Coding with Allowable Errors" (1970); Kirsch and Mitzenmacher, "Less Hashing, Same Performance" (2006).
 */
@Exercise(id = "5.1", title = "Bloom filters", points = 5, difficulty = Difficulty.EASY, hours = 2)
public final class BloomFilter implements FilterPolicy {
    private static final int PROBES_MAX = 30;
    private static final int BITS_MIN = 64;
    private static final double LN_2 = 0.69; // as LevelDB has it
    private static final int ROTATION = 17;

    private final int bitsPerKey;
    private final int probes;

    /**
     * A policy.
     *
     * @throws IllegalArgumentException if {@code bitsPerKey} is less than 1
     */
    public BloomFilter(int bitsPerKey) {
        if (bitsPerKey < 1) {
            throw new IllegalArgumentException("a filter of " + bitsPerKey + " bits a key");
        }
        this.bitsPerKey = bitsPerKey;
        this.probes = Math.max(1, Math.min(PROBES_MAX, (int) (bitsPerKey * LN_2)));
    }

    @Override
    @Given
    public String name() {
        return "leveldb.BuiltinBloomFilter2";
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if that were 2^31 bits or more
     */
    @Override
    public Slice create(List<Slice> keys) {
        long wanted = Math.max(BITS_MIN, (long) keys.size() * bitsPerKey);
        long bytes = (wanted + Byte.SIZE - 1) / Byte.SIZE;
        if (bytes * Byte.SIZE > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("a filter of " + wanted + " bits");
        }
        byte[] filter = new byte[(int) bytes + 1];
        int bits = (int) bytes * Byte.SIZE;
        for (Slice key : keys) {
            int hash = LevelDbHash.of(key);
            int delta = Integer.rotateRight(hash, ROTATION);
            for (int i = 0; i < probes; i++) {
                int bit = Integer.remainderUnsigned(hash, bits);
                filter[bit / Byte.SIZE] |= mask(bit);
                hash += delta;
            }
        }
        filter[(int) bytes] = (byte) probes;
        return Slice.wrap(filter);
    }

    @Override
    public boolean mayContain(Slice filter, Slice key) {
        int bytes = filter.length() - 1;
        if (bytes < 1) {
            return false;
        }
        int itsProbes = filter.byteAt(bytes) & 0xff;
        if (itsProbes > PROBES_MAX) {
            return true;
        }
        int bits = bytes * Byte.SIZE;
        int hash = LevelDbHash.of(key);
        int delta = Integer.rotateRight(hash, ROTATION);
        for (int i = 0; i < itsProbes; i++) {
            int bit = Integer.remainderUnsigned(hash, bits);
            if ((filter.byteAt(bit / Byte.SIZE) & mask(bit)) == 0) {
                return false;
            }
            hash += delta;
        }
        return true;
    }

    private static byte mask(int bit) {
        return (byte) (1 << (bit % Byte.SIZE));
    }
}
