package storagelab.bloom;

import java.util.List;
import storagelab.api.Slice;

/**
 * LevelDB's bloom filter. A filter is an array of bits, of which each key sets k; a key is perhaps there if all of its
 * bits are set. With b bits a key and k = b · ln 2, half of all bits are set in the end, and a key that is not there
 * finds k set bits with probability 0.6185^b: 0.8 % for ten bits.
 *
 * <p>The k places of a key come from one hash of 32 bits, {@code h}: {@code h}, {@code h + d}, {@code h + 2d} ..., each
 * modulo the number of bits, where d is h rotated right by 17. That is as good as k hashes, and costs one.
 *
 * <p>Format: the bits, at least 64 of them and always whole bytes, bit i in byte i / 8 at the place i mod 8, counted
 * from the lowest; then one byte, k. The number is there so that filters can be read that were made with other bits a
 * key. A filter whose k is more than 30 is of a kind that this one does not know, and may contain everything.
 *
 * <p>Example: ten bits a key, k = 6, and the one key {@code hello}: 64 bits, since no filter has fewer, and the last
 * byte is 6.
 *
 * <p>Cost: {@code create} O(k) a key; {@code mayContain} O(k), and about two bits looked at for a key that is not
 * there.
 *
 * <p>Source: LevelDB, {@code util/bloom.cc}, under whose name files know it.
 */
public final class BloomFilter implements FilterPolicy {
    private static final int SEED = 0xbc9f1d34;
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
            throw new IllegalArgumentException(bitsPerKey + " bits a key");
        }
        this.bitsPerKey = bitsPerKey;
        this.probes = Math.max(1, Math.min(PROBES_MAX, (int) (bitsPerKey * LN_2)));
    }

    @Override
    public String name() {
        return "leveldb.BuiltinBloomFilter2";
    }

    @Override
    public Slice create(List<Slice> keys) {
        long wanted = Math.max(BITS_MIN, (long) keys.size() * bitsPerKey);
        int bytes = Math.toIntExact((wanted + Byte.SIZE - 1) / Byte.SIZE);
        byte[] filter = new byte[bytes + 1];
        int bits = bytes * Byte.SIZE;
        for (Slice key : keys) {
            int hash = LevelDbHash.of(key, SEED);
            int delta = Integer.rotateRight(hash, ROTATION);
            for (int i = 0; i < probes; i++) {
                int bit = Integer.remainderUnsigned(hash, bits);
                filter[bit / Byte.SIZE] |= (byte) (1 << (bit % Byte.SIZE));
                hash += delta;
            }
        }
        filter[bytes] = (byte) probes;
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
        int hash = LevelDbHash.of(key, SEED);
        int delta = Integer.rotateRight(hash, ROTATION);
        for (int i = 0; i < itsProbes; i++) {
            int bit = Integer.remainderUnsigned(hash, bits);
            if ((filter.byteAt(bit / Byte.SIZE) & (1 << (bit % Byte.SIZE))) == 0) {
                return false;
            }
            hash += delta;
        }
        return true;
    }
}
