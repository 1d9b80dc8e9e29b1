package storagelab.grader.bench.lab03;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.Random;

/** Keys of 16 bytes and values of 100. */
final class MemtableKeys {
    static final int KEY_BYTES = 16;
    static final int VALUE_BYTES = 100;

    private static final int VALUES = 4_096;

    private MemtableKeys() {}

    /** {@code count} different random keys. */
    static byte[][] random(int count, Random random) {
        byte[][] keys = new byte[count][KEY_BYTES];
        for (int i = 0; i < count; i++) {
            random.nextBytes(keys[i]);
            ByteBuffer.wrap(keys[i]).putInt(KEY_BYTES - Integer.BYTES, i); // so that no two are the same
        }
        return keys;
    }

    /** The keys {@code account:}, then the numbers below {@code count} in eight digits, in random order. */
    static byte[][] accounts(int count, Random random) {
        byte[][] keys = new byte[count][];
        int[] numbers = TreeKeys.shuffledEven(count, random);
        for (int i = 0; i < count; i++) {
            byte[] key = "account:00000000".getBytes(US_ASCII);
            int rest = numbers[i] / 2;
            for (int digit = KEY_BYTES - 1; rest > 0; digit--) {
                key[digit] += (byte) (rest % 10);
                rest /= 10;
            }
            keys[i] = key;
        }
        return keys;
    }

    /** A few thousand values, to be used in turn. */
    static byte[][] values(Random random) {
        byte[][] values = new byte[VALUES][VALUE_BYTES];
        for (byte[] value : values) {
            random.nextBytes(value);
        }
        return values;
    }
}
