package storagelab.grader.bench.lab07;

import java.nio.ByteBuffer;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;

/** Prices and orders: keys of 16 bytes, and values of 100 that begin with a number. */
final class Goods {
    /** How many bytes the key and the value of an entry have. */
    static final int ENTRY_BYTES = 16 + 100;

    private static final int VALUE_BYTES = 100;

    private Goods() {}

    /** The key of a price. */
    static Slice price(int number) {
        return Slice.utf8("price/%010d".formatted(number));
    }

    /** The key of an order; a later one has a greater key. */
    static Slice order(int number) {
        return Slice.utf8("zorder/%09d".formatted(number));
    }

    /** A value that begins with a number. */
    static Slice value(long number) {
        byte[] bytes = new byte[VALUE_BYTES];
        ByteBuffer.wrap(bytes).putLong(0, number).putLong(Long.BYTES, ~number);
        return Slice.wrap(bytes);
    }

    /** The number that a value begins with. */
    static long number(Slice value) {
        return value.wordAt(0);
    }

    /** A put of this number as the price with this number. */
    static WriteBatch put(int price, long number) {
        return new WriteBatch().put(price(price), value(number));
    }
}
