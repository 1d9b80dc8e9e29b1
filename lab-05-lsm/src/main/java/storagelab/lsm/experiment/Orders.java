package storagelab.lsm.experiment;

import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import storagelab.api.Slice;
import storagelab.experiment.Numbers;

/** The orders of a shop: keys of 16 bytes with values of 100, and the order in which they come. */
final class Orders {
    static final int KEY_BYTES = 16;
    static final int VALUE_BYTES = 100;
    static final int ENTRY_BYTES = KEY_BYTES + VALUE_BYTES;

    private static final Slice ZERO = Slice.utf8("order:0000000000");

    private Orders() {}

    /** Keys are ordered as their numbers. */
    static Slice key(long number) {
        return Numbers.decimalKey(ZERO, number);
    }

    /** A key as long that nobody can guess: numbers that follow each other have keys that have nothing in common. */
    static Slice secretKey(long number) {
        long mixed = (number ^ (number >>> 33)) * 0xff51afd7ed558ccdL; // steps of MurmurHash3: no two become the same
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return Slice.utf8(String.format(Locale.ROOT, "%016x", mixed ^ (mixed >>> 33)));
    }

    /** Who has ordered what, as far as anybody can tell. */
    static Slice value(SplittableRandom random) {
        return value(random, VALUE_BYTES);
    }

    /** A value of another size. */
    static Slice value(SplittableRandom random, int sizeBytes) {
        byte[] bytes = new byte[sizeBytes];
        random.nextBytes(bytes);
        return Slice.wrap(bytes);
    }

    /** The numbers below {@code count} in their order. */
    static int[] inOrder(int count) {
        return IntStream.range(0, count).toArray();
    }
}
