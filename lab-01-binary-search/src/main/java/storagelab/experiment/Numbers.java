package storagelab.experiment;

import java.util.random.RandomGenerator;
import storagelab.api.Slice;

/** The numbers of things that are stored: in random order, and as keys. */
public final class Numbers {
    private Numbers() {}

    /** The numbers below {@code count} in random order: always the same for the same {@code random}. */
    public static int[] shuffled(int count, RandomGenerator random) {
        int[] numbers = new int[count];
        for (int i = 0; i < count; i++) {
            int other = random.nextInt(i + 1);
            numbers[i] = numbers[other];
            numbers[other] = i;
        }
        return numbers;
    }

    /**
     * A key that ends with the digits of {@code number}. Keys are ordered as their numbers.
     *
     * @param zero the key of 0, as {@code item:0000}, with as many zeros as a number may have digits
     */
    public static Slice decimalKey(Slice zero, long number) {
        byte[] bytes = zero.toByteArray();
        long rest = number;
        for (int i = bytes.length - 1; rest > 0; i--) {
            bytes[i] += (byte) (rest % 10);
            rest /= 10;
        }
        return Slice.wrap(bytes);
    }
}
