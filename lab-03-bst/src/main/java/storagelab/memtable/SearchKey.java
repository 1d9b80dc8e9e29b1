package storagelab.memtable;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import storagelab.api.Slice;
import storagelab.course.Solution;

/**
 * A place in the order of a memtable: a key, and a sequence among the versions of the key.
 *
 * <p>The bytes of the key are numbers here, eight bytes each, the first byte the most significant, the last number filled
 * up with zeros: {@code "banana split"} is {@code 62616e616e612073}, {@code 706c697400000000}. Comparing such numbers as
 * unsigned compares eight bytes at once. If all of them are equal the shorter key is the smaller: what it lacks are zeros.
 */
@Solution
final class SearchKey {
    private static final VarHandle AS_LONG = MethodHandles.byteArrayViewVarHandle(long[].class, BIG_ENDIAN);

    final long[] words;

    /** The first of the words, which decides most comparisons. */
    final long first;

    /** The second of the words, zero if there is none. */
    final long second;

    final int length;
    final long sequence;

    SearchKey(Slice key, long sequence) {
        this.words = wordsOf(key);
        this.first = words[0];
        this.second = words.length > 1 ? words[1] : 0;
        this.length = key.length();
        this.sequence = sequence;
    }

    /** How many numbers the bytes of a key are; one for the empty key, so that every key has a first. */
    static int wordCount(int length) {
        return Math.max(1, (length + Long.BYTES - 1) / Long.BYTES);
    }

    /** The key of {@code length} bytes whose numbers begin at {@code offset}. */
    static Slice keyOf(long[] array, int offset, int length) {
        byte[] padded = new byte[wordCount(length) * Long.BYTES];
        for (int i = 0; i * Long.BYTES < padded.length; i++) {
            AS_LONG.set(padded, i * Long.BYTES, array[offset + i]);
        }
        return Slice.wrap(padded, 0, length);
    }

    private static long[] wordsOf(Slice key) {
        long[] words = new long[wordCount(key.length())];
        byte[] padded = new byte[words.length * Long.BYTES];
        key.copyTo(padded, 0);
        for (int i = 0; i < words.length; i++) {
            words[i] = (long) AS_LONG.get(padded, i * Long.BYTES);
        }
        return words;
    }
}
