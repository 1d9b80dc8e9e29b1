package storagelab.grader.kv;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Looks at the text of statements as far as a shell has to: where one ends, and whether it writes. */
final class SqlText {
    private static final Set<String> BEGINNINGS = Set.of(
            "select",
            "insert",
            "update",
            "delete",
            "create",
            "drop",
            "analyze",
            "explain",
            "begin",
            "commit",
            "rollback");

    /** Words that are commands of the shell as well, and statements only if enough follows. */
    private static final int WORDS_OF_DELETE = 3;

    private SqlText() {}

    /**
     * The statements of {@code text}, which semicolons separate, without them. A semicolon between quotes, or in a comment from
     * {@code --} to the end of the line, separates nothing.
     */
    static List<String> statements(String text) {
        List<String> statements = new ArrayList<>();
        int begin = 0;
        for (int end = semicolon(text, begin); end >= 0; end = semicolon(text, begin)) {
            addUnlessEmpty(statements, text.substring(begin, end));
            begin = end + 1;
        }
        addUnlessEmpty(statements, text.substring(begin));
        return statements;
    }

    private static void addUnlessEmpty(List<String> statements, String statement) {
        if (!statement.isBlank()) {
            statements.add(statement.strip());
        }
    }

    /** Whether the last statement of {@code text} has its semicolon. */
    static boolean isEnded(String text) {
        int begin = 0;
        int last = -1;
        for (int end = semicolon(text, begin); end >= 0; end = semicolon(text, begin)) {
            last = end;
            begin = end + 1;
        }
        return last >= 0 && text.substring(last + 1).isBlank();
    }

    /** The first semicolon from {@code from} on that separates statements; -1 if there is none. */
    private static int semicolon(String text, int from) {
        int at = from;
        while (at < text.length()) {
            char character = text.charAt(at);
            if (character == ';') {
                return at;
            }
            int end = at;
            if (character == '\'' || character == '"') {
                end = text.indexOf(character, at + 1);
            } else if (text.startsWith("--", at)) {
                end = text.indexOf('\n', at);
            }
            if (end < 0) {
                return -1;
            }
            at = end + 1;
        }
        return -1;
    }

    /** Whether a line of a session is a statement, and not a command of the shell. */
    static boolean isStatement(String line) {
        List<String> words = words(line);
        if (words.isEmpty() || !BEGINNINGS.contains(words.get(0))) {
            return false;
        }
        return switch (words.get(0)) {
            case "delete" -> words.size() >= WORDS_OF_DELETE && words.get(1).equals("from");
            // These are commands of the shell as well, which do the same for a line without a semicolon.
            case "begin", "commit", "rollback", "analyze" ->
                line.stripTrailing().endsWith(";");
            default -> true;
        };
    }

    /** Whether {@code statement} changes nothing. */
    static boolean isRead(String statement) {
        List<String> words = words(statement);
        if (words.isEmpty()) {
            return true;
        }
        boolean isExplained = words.get(0).equals("explain");
        return words.get(0).equals("select")
                || (isExplained && words.size() > 1 && !words.get(1).equals("analyze"))
                || (isExplained && words.size() > 2 && words.get(2).equals("select"));
    }

    private static List<String> words(String text) {
        String trimmed = CharMatcher.whitespace().or(CharMatcher.is(';')).trimFrom(text.toLowerCase(Locale.ROOT));
        return Splitter.onPattern("\\s+")
                .limit(WORDS_OF_DELETE + 1)
                .omitEmptyStrings()
                .splitToList(trimmed);
    }
}
