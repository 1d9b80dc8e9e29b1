package storagelab.grader.bench.lab03;

import java.nio.ByteBuffer;
import java.util.Random;
import storagelab.api.Slice;

/** Keys of 16 bytes: "account:" and a number of eight bytes. */
final class TreeKeys {
    private static final Slice PREFIX = Slice.utf8("account:");

    private TreeKeys() {}

    /** The key with that number; keys sort as numbers from 0 on do. */
    static Slice key(long number) {
        byte[] bytes = new byte[PREFIX.length() + Long.BYTES];
        PREFIX.copyTo(bytes, 0);
        ByteBuffer.wrap(bytes).putLong(PREFIX.length(), number);
        return Slice.wrap(bytes);
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
