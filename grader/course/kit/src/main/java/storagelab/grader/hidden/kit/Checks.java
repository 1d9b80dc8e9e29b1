package storagelab.grader.hidden.kit;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import storagelab.api.Entry;
import storagelab.api.Slice;
import storagelab.testkit.StoreMatchers;

/**
 * Comparisons whose messages are for students: what was compared, what was expected, what was found. Long bytes are cut,
 * and of long lists the first difference is shown.
 */
public final class Checks {
    private static final int SHORT_LIST = 6;
    private static final int SHOWN_CHARS_MAX = 400;

    private Checks() {}

    /** Fails with {@code otherwise} if {@code condition} does not hold. */
    public static void assertTrue(boolean condition, String otherwise) {
        if (!condition) {
            throw new AssertionError(otherwise);
        }
    }

    /** Fails with {@code otherwise} if {@code condition} holds. */
    public static void assertFalse(boolean condition, String otherwise) {
        assertTrue(!condition, otherwise);
    }

    /** Fails if {@code actual}, which is {@code what}, is another number than {@code expected}. */
    public static void assertEquals(long expected, long actual, String what) {
        if (expected != actual) {
            throw new AssertionError(what + ": expected " + expected + ", found " + actual);
        }
    }

    /** Fails if {@code actual}, which is {@code what}, is not equal to {@code expected}, whose {@code equals} decides. */
    public static void assertEquals(Object expected, @Nullable Object actual, String what) {
        if (expected.equals(actual)) {
            return;
        }
        if (expected instanceof List<?> wanted && actual instanceof List<?> found && wanted.size() > SHORT_LIST) {
            throw new AssertionError(what + ": " + firstDifference(wanted, found));
        }
        throw new AssertionError(what + ": expected " + show(expected) + ", found " + show(actual));
    }

    private static String firstDifference(List<?> wanted, List<?> found) {
        int index = 0;
        while (index < Math.min(wanted.size(), found.size()) && Objects.equals(wanted.get(index), found.get(index))) {
            index++;
        }
        return "expected " + wanted.size() + " elements, found " + found.size() + "; element " + index + " should be "
                + elementAt(wanted, index) + " and is " + elementAt(found, index);
    }

    private static String elementAt(List<?> list, int index) {
        return index < list.size() ? show(list.get(index)) : "not there";
    }

    private static String show(@Nullable Object value) {
        if (value instanceof Slice slice) {
            return StoreMatchers.show(slice);
        }
        if (value instanceof Entry entry) {
            return StoreMatchers.show(entry.key())
                    + (entry.tombstone() ? " deleted" : "=" + StoreMatchers.show(entry.value()));
        }
        if (value instanceof Optional<?> optional) {
            return optional.isPresent() ? show(optional.get()) : "nothing";
        }
        if (value instanceof List<?> list) {
            return "[" + String.join(", ", list.stream().map(Checks::show).toList()) + "]";
        }
        String text = value instanceof String ? "\"" + value + "\"" : String.valueOf(value);
        return text.length() <= SHOWN_CHARS_MAX ? text : text.substring(0, SHOWN_CHARS_MAX) + "…";
    }
}
