package storagelab.bloom;

import java.util.List;
import storagelab.api.Slice;

/**
 * A bloom filter that looks at one line of memory for each key. The k bits of a key of {@link BloomFilter} lie anywhere
 * in the filter: of a large one, each of them is a wait for memory. Here a hash chooses a block of 64 bytes, which is
 * what a processor fetches at once, and all bits of the key are in it.
 *
 * <p>The price: keys are not spread evenly over the blocks, and in those that have more than their share more bits are
 * set. With ten bits a key the rate of false answers is about 1.0 % instead of 0.8 %.
 *
 * <p>Format: blocks of 64 bytes, at least one; then one byte, k. Of the hash of 64 bits, the upper 32, times the number
 * of blocks, divided by 2^32, is the block; bit i of the key, for i from 0 to k - 1, is {@code (g >>> 23)} of 512,
 * where g is the lower 32 bits times {@code 0x9e3779b1}^(i + 1). A bit is counted from the lowest of its byte.
 *
 * <p>Example: 100 keys with ten bits each are 1,000 bits: two blocks, a filter of 129 bytes.
 *
 * <p>Cost: {@code create} O(k) a key; {@code mayContain} O(k), one line of memory besides the last byte.
 *
 * <p>Source: Putze, Sanders and Singler, "Cache-, Hash- and Space-Efficient Bloom Filters" (2007).
 */
public final class BlockedBloomFilter implements FilterPolicy {
    private static final int BLOCK_BYTES = 64;
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
            throw new IllegalArgumentException(bitsPerKey + " bits a key");
        }
        this.bitsPerKey = bitsPerKey;
        this.probes = Math.max(1, Math.min(PROBES_MAX, (int) Math.round(bitsPerKey * Math.log(2))));
    }

    @Override
    public String name() {
        return "storagelab.BlockedBloomFilter";
    }

    @Override
    public Slice create(List<Slice> keys) {
        long bits = (long) keys.size() * bitsPerKey;
        int blocks = Math.toIntExact(Math.max(1, (bits + BLOCK_BYTES * Byte.SIZE - 1) / (BLOCK_BYTES * Byte.SIZE)));
        byte[] filter = new byte[blocks * BLOCK_BYTES + 1];
        for (Slice key : keys) {
            long hash = hash(key);
            int start = block(hash, blocks) * BLOCK_BYTES;
            int bit = (int) hash;
            for (int i = 0; i < probes; i++) {
                bit *= GOLDEN_RATIO;
                int at = bit >>> BIT_SHIFT;
                filter[start + at / Byte.SIZE] |= (byte) (1 << (at % Byte.SIZE));
            }
        }
        filter[filter.length - 1] = (byte) probes;
        return Slice.wrap(filter);
    }

    @Override
    public boolean mayContain(Slice filter, Slice key) {
        int blocks = (filter.length() - 1) / BLOCK_BYTES;
        if (blocks < 1 || blocks * BLOCK_BYTES + 1 != filter.length()) {
            return true; // nothing that this policy has made
        }
        long hash = hash(key);
        int start = block(hash, blocks) * BLOCK_BYTES;
        int bit = (int) hash;
        for (int i = filter.byteAt(filter.length() - 1); i > 0; i--) {
            bit *= GOLDEN_RATIO;
            int at = bit >>> BIT_SHIFT;
            if ((filter.byteAt(start + at / Byte.SIZE) & (1 << (at % Byte.SIZE))) == 0) {
                return false;
            }
        }
        return true;
    }

    private static int block(long hash, int blocks) {
        return (int) (((hash >>> Integer.SIZE) * blocks) >>> Integer.SIZE);
    }

    /**
     * Two of LevelDB's hashes, mixed so that every bit depends on both; the lower half is odd, or its products would
     * lose bits.
     */
    private static long hash(Slice key) {
        long hash = ((long) LevelDbHash.of(key, 0xbc9f1d34) << Integer.SIZE) ^ LevelDbHash.of(key, 0x2545f491);
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return (hash ^ (hash >>> 33)) | 1;
    }
}
