package storagelab.grader.collect;

import java.util.regex.Pattern;

/** Safe names of files for names that come from outside. */
public final class FileNames {
    private static final Pattern NOT_IN_NAMES = Pattern.compile("[^\\p{L}\\p{N}._@+-]+");
    private static final int LENGTH_MAX = 80;

    private FileNames() {}

    /** A name of a visible file in any directory that is as much like {@code text} as such a name may be. */
    public static String of(String text) {
        String plain = NOT_IN_NAMES.matcher(text).replaceAll("_");
        plain = plain.startsWith(".") || plain.startsWith("-") ? "_" + plain.substring(1) : plain;
        plain = plain.substring(0, Math.min(LENGTH_MAX, plain.length()));
        return plain.isEmpty() ? "_" : plain;
    }
}
