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

    final Slice key;

    /** Number 0 of the key, which decides most comparisons. */
    final long first;

    final int length;
    final long sequence;

    SearchKey(Slice key, long sequence) {
        this.key = key;
        this.first = key.wordAt(0);
        this.length = key.length();
        this.sequence = sequence;
    }

    /** Number {@code index} of the key, zero beyond its end. */
    long word(int index) {
        return key.wordAt(index * Long.BYTES);
    }

    /** How many numbers the bytes of the key are. */
    int wordCount() {
        return wordCount(length);
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
}
