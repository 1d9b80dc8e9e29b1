package storagelab.query;

import java.util.regex.Pattern;

/** Checks the names of relations, columns and indexes. */
final class Names {
    /** The length of the longest name. */
    static final int LENGTH_MAX = 63;

    private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*");

    private Names() {}

    /**
     * Returns {@code name} if it can be one.
     *
     * @param what has the name, for the message
     * @throws IllegalArgumentException if it is empty, too long, begins with a digit, or has anything but letters, digits and
     *     underscores
     */
    static String check(String what, String name) {
        if (name.length() > LENGTH_MAX || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + name + "' cannot be the name of " + what
                    + ": a name has 1 to " + LENGTH_MAX
                    + " letters, digits and underscores, and does not begin with a digit");
        }
        return name;
    }
}
