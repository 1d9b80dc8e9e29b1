package storagelab.grader.bench.lab05;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.LongStream;
import storagelab.api.Slice;

/** Keys of 16 bytes, "order:::" and eight bytes that nobody can guess, and values of 100 that begin with a number. */
final class Orders {
    static final int KEY_BYTES = 16;
    static final int VALUE_BYTES = 100;

    private static final Slice PREFIX = Slice.utf8("order:::");

    private Orders() {}

    /** No two numbers have the same key, and keys that follow each other have numbers that do not. */
    static Slice key(long number) {
        long mixed = (number ^ (number >>> 33)) * 0xff51afd7ed558ccdL; // steps of MurmurHash3
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        byte[] bytes = new byte[KEY_BYTES];
        PREFIX.copyTo(bytes, 0);
        ByteBuffer.wrap(bytes).putLong(PREFIX.length(), mixed ^ (mixed >>> 33));
        return Slice.wrap(bytes);
    }

    /** A value that says to which key it belongs; half of it are zeros. */
    static Slice value(long number) {
        byte[] bytes = new byte[VALUE_BYTES];
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        for (int i = 0; i + Long.BYTES <= VALUE_BYTES / 2; i += Long.BYTES) {
            buffer.putLong(i, number * (i + 1));
        }
        return Slice.wrap(bytes);
    }

    /** To which key a value belongs. */
    static long number(Slice value) {
        return value.wordAt(0);
    }

    /** The keys of the numbers from {@code from} up to {@code to} in their order, each with its number. */
    static Numbered[] sorted(long from, long to) {
        Numbered[] orders = LongStream.range(from, to)
                .mapToObj(number -> new Numbered(key(number), number))
                .toArray(Numbered[]::new);
        Arrays.sort(orders, (one, other) -> one.key.compareTo(other.key));
        return orders;
    }

    /** A key and its number. */
    record Numbered(Slice key, long number) {}
}
