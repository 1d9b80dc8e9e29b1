package storagelab.disk;

import java.nio.file.PathMatcher;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Turns {@code glob:*.log} and {@code regex:.*\.log} into a matcher, by the rules of {@code FileSystem.getPathMatcher}. */
final class Glob {
    private static final String REGEX_SPECIALS = "\\.[]{}()<>*+-=!?^$|";

    private final String glob;
    private final StringBuilder regex = new StringBuilder();
    private int at;
    private boolean isInGroup;

    private Glob(String glob) {
        this.glob = glob;
    }

    static PathMatcher matcher(String syntaxAndPattern) {
        int colon = syntaxAndPattern.indexOf(':');
        if (colon <= 0) {
            throw new IllegalArgumentException("no \"syntax:\" in the pattern \"" + syntaxAndPattern + "\"");
        }
        String pattern = syntaxAndPattern.substring(colon + 1);
        Pattern compiled = switch (syntaxAndPattern.substring(0, colon).toLowerCase(Locale.ROOT)) {
            case "glob" -> Pattern.compile(new Glob(pattern).toRegex());
            case "regex" -> Pattern.compile(pattern);
            default ->
                throw new UnsupportedOperationException(
                        "only glob: and regex: patterns are known, not \"" + syntaxAndPattern + "\"");
        };
        return path -> compiled.matcher(path.toString()).matches();
    }

    private String toRegex() {
        while (at < glob.length()) {
            translate(glob.charAt(at++));
        }
        if (isInGroup) {
            throw new PatternSyntaxException("Missing '}'", glob, glob.length() - 1);
        }
        return regex.toString();
    }

    private void translate(char c) {
        switch (c) {
            case '*' -> {
                if (at < glob.length() && glob.charAt(at) == '*') {
                    at++;
                    regex.append(".*");
                } else {
                    regex.append("[^/]*");
                }
            }
            case '?' -> regex.append("[^/]");
            case '[' -> translateSet();
            case '{' -> {
                if (isInGroup) {
                    throw new PatternSyntaxException("Cannot nest groups", glob, at - 1);
                }
                isInGroup = true;
                regex.append("(?:(?:");
            }
            case '}' -> {
                regex.append(isInGroup ? "))" : "\\}");
                isInGroup = false;
            }
            case ',' -> regex.append(isInGroup ? ")|(?:" : ",");
            case '\\' -> {
                if (at == glob.length()) {
                    throw new PatternSyntaxException("No character to escape", glob, at - 1);
                }
                appendLiteral(glob.charAt(at++));
            }
            default -> appendLiteral(c);
        }
    }

    private void translateSet() {
        int end = glob.indexOf(']', at + 1);
        if (end < 0) {
            throw new PatternSyntaxException("Missing ']'", glob, glob.length() - 1);
        }
        String set = glob.substring(at, end);
        boolean isNegated = set.startsWith("!");
        String members = (isNegated ? set.substring(1) : set)
                .replace("\\", "\\\\")
                .replace("[", "\\[")
                .replace("&&", "\\&&")
                .replace("^", "\\^");
        regex.append("[[^/]&&[").append(isNegated ? "^" : "").append(members).append("]]");
        at = end + 1;
    }

    private void appendLiteral(char c) {
        if (REGEX_SPECIALS.indexOf(c) >= 0) {
            regex.append('\\');
        }
        regex.append(c);
    }
}
