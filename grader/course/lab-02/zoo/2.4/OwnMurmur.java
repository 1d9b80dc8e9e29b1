// exercise: 2.4
// type: storagelab.rollout.RolloutRing
// verdict: accepted
// because: MurmurHash3 written out is the same hash
public final class RolloutRing {
    public static long pointOf(String salt, String user) {
        byte[] bytes = (salt + '\0' + user).getBytes(UTF_8);
        int hash = 0;
        for (int i = 0; i + 4 <= bytes.length; i += 4) {
            hash = Integer.rotateLeft(hash ^ scrambled(wordAt(bytes, i, 4)), 13) * 5 + 0xe6546b64;
        }
        hash ^= scrambled(wordAt(bytes, bytes.length / 4 * 4, bytes.length % 4)) ^ bytes.length;
        hash = (hash ^ hash >>> 16) * 0x85ebca6b;
        hash = (hash ^ hash >>> 13) * 0xc2b2ae35;
        return (hash ^ hash >>> 16) & 0xFFFFFFFFL;
    }

    private static int scrambled(int word) {
        return Integer.rotateLeft(word * 0xcc9e2d51, 15) * 0x1b873593;
    }

    private static int wordAt(byte[] bytes, int offset, int length) {
        int word = 0;
        for (int i = 0; i < length; i++) {
            word |= (bytes[offset + i] & 0xff) << 8 * i;
        }
        return word;
    }
}
