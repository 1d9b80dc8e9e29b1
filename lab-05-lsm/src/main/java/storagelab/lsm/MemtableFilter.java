package storagelab.lsm;

import java.util.concurrent.atomic.AtomicLongArray;
import storagelab.api.Slice;

/**
 * Says of most keys that are not in a memtable that they are not, without a search of it: a bloom filter in which all
 * bits of a key are in one word. A search of a large memtable waits for memory ten times; this waits once.
 *
 * <p>With {@value #BYTES_PER_KEY} bytes of memtable a key there are ten bits a key, and a key that is not there passes
 * with a chance of about one in fifty. With smaller entries it is more.
 *
 * <p>Example: the hash of a key says word 3 and the bits 5, 17, 17 and 60. Adding the key sets these three bits. A key
 * whose word is also 3 and whose bits are 5, 17, 40 and 60 is not there, since 40 is not set.
 *
 * <p>Concurrency: one thread adds, any number ask. Whoever has learnt that a key was added finds it.
 */
final class MemtableFilter {
    private static final int BYTES_PER_KEY = 160;
    private static final int BITS_PER_KEY = 10;
    private static final int PROBES = 4;
    private static final int BIT_NUMBER_BITS = 6;
    private static final long FACTOR = 0x9e3779b97f4a7c15L; // 2^64 over the golden ratio

    private final AtomicLongArray words;
    private final int wordShift; // of a hash, so that its upper bits say the word

    /** A filter for a memtable that will have so many bytes. */
    MemtableFilter(long memtableBytes) {
        long bits = Math.max(Long.SIZE, memtableBytes / BYTES_PER_KEY * BITS_PER_KEY);
        int wordBits = Math.min(26, Math.max(1, Long.SIZE - Long.numberOfLeadingZeros(bits / Long.SIZE - 1)));
        this.words = new AtomicLongArray(1 << wordBits);
        this.wordShift = Long.SIZE - wordBits;
    }

    void add(Slice key) {
        long hash = hash(key);
        int word = (int) (hash >>> wordShift);
        words.setRelease(word, words.getPlain(word) | bits(hash));
    }

    /** False if the key was not added. */
    boolean mayContain(Slice key) {
        long hash = hash(key);
        long bits = bits(hash);
        return (words.getAcquire((int) (hash >>> wordShift)) & bits) == bits;
    }

    private static long bits(long hash) {
        long bits = 0;
        for (int i = 0; i < PROBES; i++) {
            bits |= 1L << (hash >>> (i * BIT_NUMBER_BITS)); // a shift takes the six lowest bits of its distance
        }
        return bits;
    }

    /** Eight bytes at a time, each time multiplied and folded, so that all bits depend on all bytes. */
    private static long hash(Slice key) {
        long hash = key.length() * FACTOR;
        for (int at = 0; at < key.length(); at += Long.BYTES) {
            hash = (hash ^ key.wordAt(at)) * FACTOR;
            hash ^= hash >>> 32;
        }
        return hash * FACTOR;
    }
}
