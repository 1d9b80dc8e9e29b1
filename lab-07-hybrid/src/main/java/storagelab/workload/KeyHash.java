package storagelab.workload;

import storagelab.api.Slice;

/** Hashes of keys with 64 bits. Another seed gives other hashes, so that no fixed set of keys collides for all seeds. */
public final class KeyHash {
    private static final long GOLDEN = 0x9e3779b97f4a7c15L; // 2^64 / the golden ratio, odd

    private KeyHash() {}

    /** The hash of {@code key}. Cost: O(length), eight bytes at a time. */
    public static long of(Slice key, long seed) {
        long hash = mix(seed) + key.length() * GOLDEN;
        for (int at = 0; at < key.length(); at += Long.BYTES) {
            hash = mix(hash ^ key.wordAt(at));
        }
        return hash;
    }

    /**
     * Hash number {@code number} of a key whose hash is {@code hash}, counted from 0. Hashes with different numbers have nothing
     * to do with each other: two keys that agree in some bits of one do not agree in the same bits of the next.
     */
    public static long derive(long hash, int number) {
        return mix(hash + (number + 1) * GOLDEN);
    }

    /** Changes about half of all bits of the result if one bit of {@code bits} changes. Source: SplitMix64. */
    private static long mix(long bits) {
        long mixed = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
