package storagelab.kv;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;

/**
 * Whole numbers as values: the decimal digits of a {@code long} in ASCII, without leading zeros, with a minus sign if it is
 * negative. Zero is {@code "0"}.
 *
 * <p>Example: {@code "0"}, {@code "-9223372036854775808"} and {@code "42"} are numbers; {@code ""}, {@code "007"}, {@code "+1"},
 * {@code "-0"}, {@code " 1"} and {@code "9223372036854775808"} are not. So each number has one form, and these are the numbers
 * that Redis's INCR takes.
 */
public final class Decimal {
    private static final int LENGTH_MAX = 20; // of Long.MIN_VALUE

    private Decimal() {}

    /** The value that is {@code number}. */
    public static Slice of(long number) {
        return Slice.utf8(Long.toString(number));
    }

    /**
     * The number that {@code value} is.
     *
     * @throws IllegalArgumentException if it is not one
     */
    public static long parse(Slice value) {
        if (value.length() <= LENGTH_MAX) {
            try {
                long number = Long.parseLong(value.toUtf8());
                if (of(number).equals(value)) {
                    return number;
                }
            } catch (NumberFormatException e) {
                throw notANumber(value, e);
            }
        }
        throw notANumber(value, null);
    }

    private static IllegalArgumentException notANumber(Slice value, @Nullable Exception cause) {
        Slice beginning = value.subSlice(0, Math.min(value.length(), LENGTH_MAX));
        return new IllegalArgumentException(
                "a value of " + value.length() + " bytes, \"" + beginning
                        + "\", is not a whole number of 64 bits in decimal digits",
                cause);
    }

    /** The value after adding {@code delta} to {@code old}; nothing counts as 0. */
    static Slice added(Optional<Slice> old, Slice key, long delta) {
        long number = old.map(Decimal::parse).orElse(0L);
        try {
            return of(Math.addExact(number, delta));
        } catch (ArithmeticException e) {
            ArithmeticException explained = new ArithmeticException(
                    "adding " + delta + " to " + number + ", the value of " + key + ", leaves the range of 64 bits");
            explained.initCause(e);
            throw explained;
        }
    }
}
