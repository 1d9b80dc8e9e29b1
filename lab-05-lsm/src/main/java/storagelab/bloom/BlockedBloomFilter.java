package storagelab.bloom;

import java.util.List;
import storagelab.api.Slice;
import storagelab.course.ExercisePart;
import storagelab.course.Given;

/**
 * A bloom filter that looks at one line of memory for each key. The k bits of a key of {@link BloomFilter} lie anywhere
 * in the filter: of a large one, each of them is a wait for memory. Here a hash chooses a <em>block</em> of 64 bytes,
 * which is what a processor fetches at once, and all bits of the key are in it.
 *
 * <p>How many bits a key sets: k = b · ln 2 <em>rounded</em>, at least 1 and at most 30. For b = 10 that is 7.
 *
 * <p>Which: a key has a hash of 64 bits, {@code LevelDbHash.wide(key)}, which is given. Its upper 32 bits, as an
 * unsigned number times the number of blocks, divided by 2^32, are the block: a modulo without a division. Its lower 32
 * bits are g, an {@code int}. For each of the k bits, g is multiplied by {@code 0x9e3779b1}, cut off at 32 bits, and
 * its upper nine bits are the bit: one of the 512 of the block.
 *
 * <p>Format: b bits for each key, in as many blocks of 512 bits as they need, but at least one; bit i of a block is in
 * its byte i / 8 at the place i mod 8, counted from the lowest. Then one byte, k.
 *
 * <p>Example: 100 keys with ten bits each are 1,000 bits: two blocks, a filter of 129 bytes, of which the last is 7. The
 * wide hash of {@code hello} is {@code 0xb1955e5740e341eb}: {@code 0xb1955e57} times 2, divided by 2^32, is block 1. g
 * is {@code 0x40e341eb} at first, then {@code 0x7ac5a67b}, whose upper nine bits are 245; then {@code 0xfcc53e0b}, 505;
 * then 58, 334, 173, 176 and 431. So bit 245 is in byte 64 + 30, at the place 5.
 *
 * <p>The price: keys are not spread evenly over the blocks. A block has 512 / b keys on average, and in one that has
 * more, more bits are set. The rate of false answers is the average over what blocks may have, by Poisson's law with
 * the mean m = 512 / b:
 *
 * <pre>
 *   sum over n of  e^-m · m^n / n!  ·  (1 - (1 - 1/512)^(k·n))^k
 * </pre>
 *
 * <p>That is 0.95 % for ten bits a key, where bits that lie anywhere have 0.82; 0.086 % for 16, where they have 0.046.
 *
 * <p>What is asked need not be such a filter. What is not a number of whole blocks, at least one, and a byte, or has a
 * k of more than 30, was not made here and may contain everything. For a k of 0 no bit has to be set.
 *
 * <p>Cost: {@code create} O(k) a key; {@code mayContain} O(k), one line of memory besides the last byte.
 *
 * <p>Source: Putze, Sanders and Singler, "Cache-, Hash- and Space-Efficient Bloom Filters" (2007).
 */
@ExercisePart("5.1")
public final class BlockedBloomFilter implements FilterPolicy {
    private static final int BLOCK_BYTES = 64;
    private static final int BLOCK_BITS = 512;
    private static final int BIT_SHIFT = 23; // 32 bits of hash down to 9, a bit of 512
    private static final int GOLDEN_RATIO = 0x9e3779b1;
    private static final int PROBES_MAX = 30;

    private final int bitsPerKey;
    private final int probes;

    /**
     * A policy.
     *
     * @throws IllegalArgumentException if {@code bitsPerKey} is less than 1
     */
    public BlockedBloomFilter(int bitsPerKey) {
        if (bitsPerKey < 1) {
            throw new IllegalArgumentException("a filter of " + bitsPerKey + " bits a key");
        }
        this.bitsPerKey = bitsPerKey;
        this.probes = (int) Math.max(1, Math.min(PROBES_MAX, Math.round(bitsPerKey * Math.log(2))));
    }

    @Override
    @Given
    public String name() {
        return "storagelab.BlockedBloomFilter";
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if that were 2^31 bits or more
     */
    @Override
    public Slice create(List<Slice> keys) {
        long wanted = (long) keys.size() * bitsPerKey;
        long blocks = Math.max(1, (wanted + BLOCK_BITS - 1) / BLOCK_BITS);
        if (blocks * BLOCK_BITS > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("a filter of " + wanted + " bits");
        }
        byte[] filter = new byte[(int) blocks * BLOCK_BYTES + 1];
        for (Slice key : keys) {
            long hash = LevelDbHash.wide(key);
            int start = block(hash, blocks) * BLOCK_BYTES;
            int mixed = (int) hash;
            for (int i = 0; i < probes; i++) {
                mixed *= GOLDEN_RATIO;
                int bit = mixed >>> BIT_SHIFT;
                filter[start + bit / Byte.SIZE] |= mask(bit);
            }
        }
        filter[filter.length - 1] = (byte) probes;
        return Slice.wrap(filter);
    }

    @Override
    public boolean mayContain(Slice filter, Slice key) {
        int blocks = filter.length() / BLOCK_BYTES;
        if (blocks < 1 || blocks * BLOCK_BYTES + 1 != filter.length()) {
            return true;
        }
        int itsProbes = filter.byteAt(filter.length() - 1) & 0xff;
        if (itsProbes > PROBES_MAX) {
            return true;
        }
        long hash = LevelDbHash.wide(key);
        int start = block(hash, blocks) * BLOCK_BYTES;
        int mixed = (int) hash;
        for (int i = 0; i < itsProbes; i++) {
            mixed *= GOLDEN_RATIO;
            int bit = mixed >>> BIT_SHIFT;
            if ((filter.byteAt(start + bit / Byte.SIZE) & mask(bit)) == 0) {
                return false;
            }
        }
        return true;
    }

    private static int block(long hash, long blocks) {
        return (int) (((hash >>> Integer.SIZE) * blocks) >>> Integer.SIZE);
    }

    private static byte mask(int bit) {
        return (byte) (1 << (bit % Byte.SIZE));
    }
}
