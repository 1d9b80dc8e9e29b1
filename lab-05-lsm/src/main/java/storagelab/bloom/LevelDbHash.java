package storagelab.bloom;

import storagelab.api.Slice;

/**
 * LevelDB's hash of bytes: 32 bits, quick, and good enough for filters; nobody should rely on it against an adversary.
 *
 * <p>The bytes are added four at a time, each time the sum is multiplied and folded. Source: LevelDB,
 * {@code util/hash.cc}, in the manner of Murmur; the mixing of the wide one is that of Murmur3.
 */
final class LevelDbHash {
    private static final int FILTER_SEED = 0xbc9f1d34;
    private static final int OTHER_SEED = 0x2545f491;
    private static final int FACTOR = 0xc6a4a793;
    private static final int FOLD = 16;
    private static final int LAST_FOLD = 24;

    private LevelDbHash() {}

    /** The hash of a key in LevelDB's filters: {@code 0xf795964e} for {@code hello}. */
    static int of(Slice key) {
        return of(key, FILTER_SEED);
    }

    /**
     * 64 bits, of two of LevelDB's hashes, mixed so that every bit depends on both. Bit 0 is always 1: a product with an
     * odd number loses no bits. {@code 0xb1955e5740e341eb} for {@code hello}.
     */
    static long wide(Slice key) {
        long hash = ((long) of(key, FILTER_SEED) << Integer.SIZE) ^ of(key, OTHER_SEED);
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return (hash ^ (hash >>> 33)) | 1;
    }

    static int of(Slice bytes, int seed) {
        int length = bytes.length();
        int hash = seed ^ (length * FACTOR);
        int at = 0;
        for (; at + Integer.BYTES <= length; at += Integer.BYTES) {
            hash = (hash + Integer.reverseBytes((int) (bytes.wordAt(at) >>> Integer.SIZE))) * FACTOR;
            hash ^= hash >>> FOLD;
        }
        if (at < length) {
            for (int i = length - 1; i >= at; i--) {
                hash += (bytes.byteAt(i) & 0xff) << (Byte.SIZE * (i - at));
            }
            hash *= FACTOR;
            hash ^= hash >>> LAST_FOLD;
        }
        return hash;
    }
}
