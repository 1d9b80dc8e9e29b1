package storagelab.bloom;

import storagelab.api.Slice;

/**
 * LevelDB's hash of bytes: 32 bits, quick, and good enough for filters; nobody should rely on it against an adversary.
 *
 * <p>The bytes are added four at a time, each time the sum is multiplied and folded. Source: LevelDB,
 * {@code util/hash.cc}, in the manner of Murmur.
 */
final class LevelDbHash {
    private static final int FACTOR = 0xc6a4a793;
    private static final int FOLD = 16;
    private static final int LAST_FOLD = 24;

    private LevelDbHash() {}

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
