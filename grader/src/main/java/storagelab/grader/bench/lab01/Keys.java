package storagelab.grader.bench.lab01;

import java.util.Locale;
import java.util.Random;
import storagelab.api.Slice;

/** Keys and values of the benchmarks: keys of 16 bytes that sort by their number, values of 100 random bytes. */
final class Keys {
    static final int KEY_BYTES = 16;
    static final int VALUE_BYTES = 100;

    /** What a question for a missing key is answered with. */
    static final long NOTHING = -1;

    private Keys() {}

    /** The key with that number. */
    static Slice present(int number) {
        return Slice.utf8(String.format(Locale.ROOT, "account:%07d0", number));
    }

    /** A key that sorts directly after {@code present(number)} and is never stored. */
    static Slice absent(int number) {
        return Slice.utf8(String.format(Locale.ROOT, "account:%07d5", number));
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
