package storagelab.grader.splice;

/** Finds its way through Java source by characters: past comments and literals, to braces and line ends. */
final class JavaText {
    private JavaText() {}

    /** The offset after the comment, literal or single character that begins at {@code at}. */
    static int skip(String text, int at) {
        if (text.startsWith("//", at)) {
            return lineEnd(text, at);
        }
        if (text.startsWith("/*", at)) {
            int end = text.indexOf("*/", at + 2);
            return end < 0 ? text.length() : end + 2;
        }
        if (text.startsWith("\"\"\"", at)) {
            return literalEnd(text, at + 3, "\"\"\"");
        }
        char first = text.charAt(at);
        return first == '"' || first == '\'' ? literalEnd(text, at + 1, String.valueOf(first)) : at + 1;
    }

    private static int literalEnd(String text, int from, String quote) {
        int at = from;
        while (at < text.length() && !text.startsWith(quote, at)) {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(at + quote.length(), text.length());
    }

    /** The first {@code wanted} at or after {@code from} that is outside parentheses, comments and literals. */
    static int find(String text, char wanted, int from) {
        int depth = 0;
        for (int at = from; at < text.length(); at = skip(text, at)) {
            char here = text.charAt(at);
            if (here == wanted && depth == 0) {
                return at;
            }
            if (here == '(') {
                depth++;
            } else if (here == ')') {
                depth--;
            }
        }
        throw new IllegalArgumentException("no '" + wanted + "' after offset " + from);
    }

    /** The offset of the line end at or after {@code at}, or the length of the text. */
    static int lineEnd(String text, int at) {
        int end = at;
        while (end < text.length() && !isLineBreak(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** The offset of the first character of the line after the one that {@code at} is on. */
    static int nextLine(String text, int at) {
        int end = lineEnd(text, at);
        if (text.startsWith("\r\n", end)) {
            return end + 2;
        }
        return Math.min(end + 1, text.length());
    }

    /** The offset of the first character of the line that {@code at} is on. */
    static int lineStart(String text, int at) {
        int start = at;
        while (start > 0 && !isLineBreak(text.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    /** The white space that the line of {@code at} begins with. */
    static String indentation(String text, int at) {
        int start = lineStart(text, at);
        return text.substring(start, skipBlanks(text, start));
    }

    /** The first offset at or after {@code at} that is neither a space nor a tab. */
    static int skipBlanks(String text, int at) {
        int end = at;
        while (end < text.length() && (text.charAt(end) == ' ' || text.charAt(end) == '\t')) {
            end++;
        }
        return end;
    }

    /** The first offset at or after {@code at} that is not white space. */
    static int skipSpace(String text, int at) {
        int end = at;
        while (end < text.length() && Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /**
     * Where a declaration that ends at {@code at} really ends: after its separators ({@code ;} and {@code ,}) and after a
     * comment at the end of its line.
     */
    static int trailingEnd(String text, int at) {
        int end = at;
        int ahead = skipBlanks(text, end);
        while (ahead < text.length() && (text.charAt(ahead) == ';' || text.charAt(ahead) == ',')) {
            end = ahead + 1;
            ahead = skipBlanks(text, end);
        }
        if (text.startsWith("//", ahead)) {
            return lineEnd(text, ahead);
        }
        if (text.startsWith("/*", ahead)) {
            int after = skip(text, ahead);
            boolean endsItsLine = skipBlanks(text, after) == lineEnd(text, after);
            if (endsItsLine && text.substring(ahead, after).lines().count() == 1) {
                return after;
            }
        }
        return end;
    }

    /** What separates the lines of {@code text}. */
    static String lineBreak(String text) {
        return text.contains("\r\n") ? "\r\n" : "\n";
    }

    /** Whether {@code name} occurs in {@code text} as a whole identifier. */
    static boolean mentions(String text, String name) {
        for (int at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
            int end = at + name.length();
            boolean startsHere = at == 0 || !Character.isJavaIdentifierPart(text.charAt(at - 1));
            boolean endsHere = end == text.length() || !Character.isJavaIdentifierPart(text.charAt(end));
            if (startsHere && endsHere) {
                return true;
            }
        }
        return false;
    }

    private static boolean isLineBreak(char character) {
        return character == '\n' || character == '\r';
    }
}
