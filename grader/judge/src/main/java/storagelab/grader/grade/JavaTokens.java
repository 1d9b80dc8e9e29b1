package storagelab.grader.grade;

import java.util.ArrayList;
import java.util.List;
import javax.lang.model.SourceVersion;

/**
 * The tokens of a Java source as they are compared: without comments, every name that is not called is one and the same token, and
 * so is the text of every string. A text that is not Java has tokens, too.
 */
public final class JavaTokens {
    private JavaTokens() {}

    /** The tokens of a text, in order. */
    public static List<String> of(String text) {
        List<String> tokens = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int end = endOfToken(text, at);
            char first = text.charAt(at);
            if (Character.isJavaIdentifierStart(first)) {
                String name = text.substring(at, end);
                boolean isKept = SourceVersion.isKeyword(name) || text.startsWith("(", end);
                tokens.add(isKept ? name : "name");
            } else if (first == '"' || first == '\'') {
                tokens.add("string");
            } else if (!Character.isWhitespace(first) && !isComment(text, at)) {
                tokens.add(text.substring(at, end));
            }
            at = end;
        }
        return tokens;
    }

    private static boolean isComment(String text, int at) {
        return text.startsWith("//", at) || text.startsWith("/*", at);
    }

    /** The end of a name, number, string, comment, or single character. What is not closed goes on to the end. */
    private static int endOfToken(String text, int at) {
        char first = text.charAt(at);
        if (text.startsWith("//", at)) {
            return after(text, "\n", at);
        }
        if (text.startsWith("/*", at)) {
            return after(text, "*/", at + 2);
        }
        if (text.startsWith("\"\"\"", at)) {
            return after(text, "\"\"\"", at + 3);
        }
        int end = at + 1;
        if (first == '"' || first == '\'') {
            while (end < text.length() && text.charAt(end) != first && text.charAt(end) != '\n') {
                end += text.charAt(end) == '\\' ? 2 : 1;
            }
            return Math.min(text.length(), end + 1);
        }
        if (Character.isJavaIdentifierPart(first)) {
            while (end < text.length() && Character.isJavaIdentifierPart(text.charAt(end))) {
                end++;
            }
        }
        return end;
    }

    private static int after(String text, String mark, int from) {
        int found = text.indexOf(mark, from);
        return found < 0 ? text.length() : found + mark.length();
    }
}
