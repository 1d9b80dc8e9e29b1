package storagelab.grader.bench.lab04;

import java.nio.ByteBuffer;
import java.util.Random;
import storagelab.api.Slice;

/** Keys of 16 bytes, "article:" and a number of eight bytes, and values of 100 that begin with the same number. */
final class Articles {
    static final int KEY_BYTES = 16;
    static final int VALUE_BYTES = 100;

    private static final Slice PREFIX = Slice.utf8("article:");

    private Articles() {}

    /** Keys are ordered as their numbers. */
    static Slice key(long number) {
        byte[] bytes = new byte[KEY_BYTES];
        PREFIX.copyTo(bytes, 0);
        ByteBuffer.wrap(bytes).putLong(PREFIX.length(), number);
        return Slice.wrap(bytes);
    }

    /** A value that says to which key it belongs. */
    static Slice value(long number) {
        byte[] bytes = new byte[VALUE_BYTES];
        ByteBuffer.wrap(bytes).putLong(0, number);
        return Slice.wrap(bytes);
    }

    /** To which key a value belongs. */
    static long number(Slice value) {
        return value.wordAt(0);
    }

    /** The numbers 0, 2, 4 … below 2·{@code count} in random order; the odd ones between are keys that are not there. */
    static int[] shuffledEven(int count, Random random) {
        int[] numbers = new int[count];
        for (int i = 0; i < count; i++) {
            int other = random.nextInt(i + 1);
            numbers[i] = numbers[other];
            numbers[other] = 2 * i;
        }
        return numbers;
    }
}
