package storagelab.grader.bench.lab01;

import java.util.Random;
import storagelab.api.Slice;

/** Keys and values of the benchmarks: keys of 16 bytes that sort by their number, values of 100 random bytes. */
final class Keys {
    static final int KEY_BYTES = 16;
    static final int VALUE_BYTES = 100;

    /** What a question for a missing key is answered with. */
    static final long NOTHING = -1;

    private static final Slice PREFIX = Slice.utf8("account:");

    private Keys() {}

    /** The key with that number. */
    static Slice present(int number) {
        return key(number, '0');
    }

    /** A key that sorts directly after {@code present(number)} and is never stored. */
    static Slice absent(int number) {
        return key(number, '5');
    }

    /** {@code "account:"}, seven digits and one more; by hand, because a formatter would take longer than the store. */
    private static Slice key(int number, char last) {
        byte[] bytes = new byte[KEY_BYTES];
        PREFIX.copyTo(bytes, 0);
        int rest = number;
        for (int i = KEY_BYTES - 2; i >= PREFIX.length(); i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        bytes[KEY_BYTES - 1] = (byte) last;
        return Slice.wrap(bytes);
    }

    static Slice value(Random random) {
        byte[] bytes = new byte[VALUE_BYTES];
        random.nextBytes(bytes);
        return Slice.wrap(bytes);
    }

    /** The first eight bytes of a value and its length as one number. */
    static long digest(Slice value) {
        long digest = value.length();
        for (int i = 0; i < Math.min(Long.BYTES, value.length()); i++) {
            digest = digest * 257 + value.byteAt(i);
        }
        return digest;
    }
}
