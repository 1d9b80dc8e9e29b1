package storagelab.query.sql;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import java.util.List;

/** Finds the part of a statement that would be ignored. */
final class Unsupported {
    private static final Splitter WORDS = Splitter.onPattern("\\s+").omitEmptyStrings();

    private Unsupported() {}

    /**
     * Compares the text of a statement with the text of what is supported of it.
     *
     * @throws SqlException if they differ; it names the first word that is not supported, and where it is
     */
    static void check(String sql, String statement, String supported) {
        List<String> all = WORDS.splitToList(statement);
        List<String> known = WORDS.splitToList(supported);
        for (int i = 0; i < all.size(); i++) {
            if (i == known.size() || !all.get(i).equals(known.get(i))) {
                String word = firstUnknown(all, known, i);
                throw new SqlException("'" + word + "' is not supported here", Place.ofText(sql, word));
            }
        }
    }

    /** The words at {@code i} differ, at their ends perhaps: a list goes on, or something stands before its end. */
    private static String firstUnknown(List<String> all, List<String> known, int i) {
        String word = all.get(i);
        if (i < known.size() && i + 1 < all.size()) {
            if (word.equals(known.get(i) + ",")) {
                return ", " + all.get(i + 1);
            }
            if (word.equals(CharMatcher.anyOf("),").trimTrailingFrom(known.get(i)))) {
                return CharMatcher.anyOf("),").trimTrailingFrom(all.get(i + 1));
            }
        }
        return CharMatcher.is('(').trimLeadingFrom(word);
    }
}
