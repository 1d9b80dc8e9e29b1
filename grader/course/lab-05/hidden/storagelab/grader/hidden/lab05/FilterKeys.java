package storagelab.grader.hidden.lab05;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import storagelab.api.Slice;

/** Keys for filters, and LevelDB's hash of them, written once more from its definition. */
final class FilterKeys {
    private static final int FACTOR = 0xc6a4a793;

    private FilterKeys() {}

    /** Keys of 0 to 40 bytes, whatever they are; some more than once. */
    static List<Slice> random(Random random, int count) {
        List<Slice> keys = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] key = new byte[random.nextInt(random.nextBoolean() ? 5 : 41)];
            random.nextBytes(key);
            keys.add(i > 0 && random.nextInt(8) == 0 ? keys.get(random.nextInt(i)) : Slice.wrap(key));
        }
        return keys;
    }

    static int hash(byte[] key, int seed) {
        int hash = seed ^ (key.length * FACTOR);
        int at = 0;
        for (; at + 4 <= key.length; at += 4) {
            hash += (key[at] & 0xff) | (key[at + 1] & 0xff) << 8 | (key[at + 2] & 0xff) << 16 | key[at + 3] << 24;
            hash *= FACTOR;
            hash ^= hash >>> 16;
        }
        for (int i = key.length - 1; i >= at; i--) {
            hash += (key[i] & 0xff) << 8 * (i - at);
        }
        if (at < key.length) {
            hash *= FACTOR;
            hash ^= hash >>> 24;
        }
        return hash;
    }

    /** 64 bits of two hashes, as the statement has them. */
    static long wide(byte[] key) {
        long hash = ((long) hash(key, 0xbc9f1d34) << 32) ^ hash(key, 0x2545f491);
        hash ^= hash >>> 33;
        hash *= 0xff51afd7ed558ccdL;
        hash ^= hash >>> 33;
        hash *= 0xc4ceb9fe1a85ec53L;
        hash ^= hash >>> 33;
        return hash | 1;
    }
}
