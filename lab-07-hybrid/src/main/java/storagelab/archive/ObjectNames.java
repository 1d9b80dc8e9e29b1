package storagelab.archive;

import com.google.common.base.CharMatcher;
import java.util.regex.Pattern;

/** What every {@link ObjectStore} checks of what it is asked for, and how names become names of files. */
public final class ObjectNames {
    /** How many objects a page of a list has at most. */
    static final int PAGE_MAX = 1_000;

    private static final CharMatcher PRINTABLE = CharMatcher.inRange(' ', '~');
    private static final CharMatcher KEPT =
            CharMatcher.inRange('a', 'z').or(CharMatcher.inRange('0', '9')).or(CharMatcher.anyOf("-_"));

    private static final Pattern ESCAPED = Pattern.compile("([a-z0-9_-]|%[2-7][0-9a-f])+");

    private ObjectNames() {}

    /**
     * {@code name}, if it is the name of an object.
     *
     * @throws IllegalArgumentException if it is not
     */
    public static String check(String name) {
        if (name.isEmpty() || name.length() > ObjectStore.NAME_LENGTH_MAX || !PRINTABLE.matchesAllOf(name)) {
            throw new IllegalArgumentException("\"" + name + "\" is not a name of 1 to " + ObjectStore.NAME_LENGTH_MAX
                    + " printable ASCII characters");
        }
        return name;
    }

    /**
     * Checks that a part of an object may have this offset and this length.
     *
     * @throws IllegalArgumentException if one is negative
     */
    public static void checkPart(long offset, int length) {
        if (offset < 0 || length < 0) {
            throw new IllegalArgumentException(length + " bytes from " + offset + " on");
        }
    }

    /**
     * Checks that a page of a list may have this many objects.
     *
     * @throws IllegalArgumentException if it is less than 1 or more than 1,000
     */
    public static void checkCount(int countMax) {
        if (countMax < 1 || countMax > PAGE_MAX) {
            throw new IllegalArgumentException("a page of " + countMax + " objects, not of 1 to " + PAGE_MAX);
        }
    }

    /**
     * The name of a file for an object: lower-case letters, digits, hyphens and underscores are kept, and every other character is a
     * percent sign and two hexadecimal digits. So no name leaves the directory, and names that differ in case alone have different
     * files where the file system takes such names for the same. {@code "../A b"} becomes {@code "%2e%2e%2f%41%20b"}.
     */
    static String escape(String name) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char character = name.charAt(i);
            if (KEPT.matches(character)) {
                escaped.append(character);
            } else {
                escaped.append("%%%02x".formatted((int) character));
            }
        }
        return escaped.toString();
    }

    /** Whether {@link #escape} may have made {@code escaped}. */
    static boolean isEscaped(String escaped) {
        return ESCAPED.matcher(escaped).matches();
    }

    /** The name that {@link #escape} made {@code escaped} of. */
    static String unescape(String escaped) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < escaped.length(); i++) {
            if (escaped.charAt(i) == '%') {
                name.append((char) Integer.parseInt(escaped, i + 1, i + 3, 16));
                i += 2;
            } else {
                name.append(escaped.charAt(i));
            }
        }
        return name.toString();
    }
}
