package storagelab.grader.serve;

import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;

/** Numbers in arguments and values. */
final class Numbers {
    private static final int DIGITS_MAX = 20;

    private Numbers() {}

    /** The number that {@code text} is, written the only way there is: no sign but a minus, no zeros before it; null if it is none. */
    static @Nullable Long parse(Slice text) {
        int length = text.length();
        if (length == 0 || length > DIGITS_MAX) {
            return null;
        }
        if (length == 1 && text.byteAt(0) == '0') {
            return 0L;
        }
        int at = text.byteAt(0) == '-' ? 1 : 0;
        if (at == length || text.byteAt(at) < '1') {
            return null;
        }
        long negated = 0; // there is one negative number more than there are positive ones
        for (; at < length; at++) {
            int digit = text.byteAt(at) - '0';
            if (digit < 0 || digit > 9 || negated < (Long.MIN_VALUE + digit) / 10) {
                return null;
            }
            negated = negated * 10 - digit;
        }
        if (text.byteAt(0) == '-') {
            return negated;
        }
        return negated == Long.MIN_VALUE ? null : -negated;
    }

    /**
     * The number that an argument is.
     *
     * @throws CommandException if it is none
     */
    static long of(Slice argument) {
        Long number = parse(argument);
        if (number == null) {
            throw CommandException.notAnInteger();
        }
        return number;
    }
}
