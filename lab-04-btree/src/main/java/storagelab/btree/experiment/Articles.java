package storagelab.btree.experiment;

import java.util.SplittableRandom;
import storagelab.api.Slice;

/** The catalogue of a shop: keys of 16 bytes with values of 100, and the orders in which they come. */
final class Articles {
    static final int KEY_BYTES = 16;
    static final int VALUE_BYTES = 100;
    static final int ENTRY_BYTES = KEY_BYTES + VALUE_BYTES;

    private static final Slice ZERO = Slice.utf8("item:00000000000");

    private Articles() {}

    /** Keys are ordered as their numbers. */
    static Slice key(long number) {
        byte[] bytes = ZERO.toByteArray();
        long rest = number;
        for (int i = bytes.length - 1; rest > 0; i--) {
            bytes[i] += (byte) (rest % 10);
            rest /= 10;
        }
        return Slice.wrap(bytes);
    }

    /** A description and a price, as far as anybody can tell. */
    static Slice value(SplittableRandom random) {
        byte[] bytes = new byte[VALUE_BYTES];
        random.nextBytes(bytes);
        return Slice.wrap(bytes);
    }

    /** The numbers below {@code count} in random order. */
    static int[] shuffled(int count, SplittableRandom random) {
        int[] numbers = new int[count];
        for (int i = 0; i < count; i++) {
            int other = random.nextInt(i + 1);
            numbers[i] = numbers[other];
            numbers[other] = i;
        }
        return numbers;
    }
}
