package storagelab.grader.bench.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.grader.bench.worker.WrongAnswerException;

/**
 * The records that engines are loaded with: a key of 16 bytes, {@code "user"} and twelve digits, and a value of 100 bytes, half
 * of which can be compressed. A record is known by the number in its key; stored again, it has a higher version.
 *
 * <p>Format of a value: number, 8 bytes; version, 8; five pseudo-random words that follow from number and version, 40; filler,
 * 44.
 */
final class Records {
    static final int KEY_BYTES = 16;
    static final int VALUE_BYTES = 100;
    static final int RECORD_BYTES = KEY_BYTES + VALUE_BYTES;

    private static final int NUMBER_OFFSET = 4;
    private static final int VERSION_OFFSET = 8;
    private static final int NOISE_OFFSET = 16;
    private static final int FILLER_OFFSET = 56;
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final byte[] KEY_TEMPLATE = {
        'u', 's', 'e', 'r', '0', '0', '0', '0', '0', '0', '0', '0', '0', '0', '0', '0'
    };
    private static final byte[] VALUE_TEMPLATE = new byte[VALUE_BYTES];

    static {
        Arrays.fill(VALUE_TEMPLATE, FILLER_OFFSET, VALUE_BYTES, (byte) '-');
    }

    private Records() {}

    /** A new array with the key of record {@code number}: {@code user000000000042}. */
    static byte[] key(long number) {
        byte[] key = KEY_TEMPLATE.clone();
        long rest = number;
        for (int i = KEY_BYTES - 1; rest != 0; i--) {
            long tens = rest / 10;
            key[i] = (byte) ('0' + (rest - 10 * tens));
            rest = tens;
        }
        return key;
    }

    /** The number in {@code key}. */
    static long number(Slice key) {
        if (key.length() != KEY_BYTES) {
            throw new WrongAnswerException("a key of " + key.length() + " bytes came back");
        }
        long number = 0;
        for (int i = NUMBER_OFFSET; i < KEY_BYTES; i++) {
            number = 10 * number + (key.byteAt(i) - '0');
        }
        return number;
    }

    /** A new array with the value of record {@code number} in {@code version}. */
    static byte[] value(long number, int version) {
        byte[] value = VALUE_TEMPLATE.clone();
        WORDS.set(value, 0, number);
        WORDS.set(value, VERSION_OFFSET, (long) version);
        for (int at = NOISE_OFFSET; at < FILLER_OFFSET; at += Long.BYTES) {
            WORDS.set(value, at, noise(number, version, at));
        }
        return value;
    }

    private static long noise(long number, int version, int at) {
        long word = number * 0x9e3779b97f4a7c15L + version * 0xd1b54a32d192ed03L + at;
        word = (word ^ (word >>> 32)) * 0xbf58476d1ce4e5b9L;
        return word ^ (word >>> 29);
    }

    /** The cheap check, of every value read: its length, and whose it is. */
    static void check(@Nullable Slice value, long number) {
        if (value == null) {
            throw new WrongAnswerException("record " + number + " was not found");
        }
        if (value.length() != VALUE_BYTES || value.wordAt(0) != number) {
            throw new WrongAnswerException("the value of record " + number + " is " + describe(value));
        }
    }

    /** The whole check: all bytes, and that it is the newest version. */
    static void checkWhole(Slice value, long number, int version) {
        check(value, number);
        if (value.wordAt(VERSION_OFFSET) != version) {
            throw new WrongAnswerException("record " + number + " has version " + value.wordAt(VERSION_OFFSET)
                    + ", and version " + version + " was stored last");
        }
        if (!value.equals(Slice.wrap(value(number, version)))) {
            throw new WrongAnswerException("some bytes of the value of record " + number + " are wrong");
        }
    }

    /** The version of a value. */
    static int version(Slice value) {
        return (int) value.wordAt(VERSION_OFFSET);
    }

    private static String describe(Slice value) {
        return value.length() == VALUE_BYTES
                ? "that of record " + value.wordAt(0)
                : value.length() + " bytes long and not " + VALUE_BYTES;
    }
}
