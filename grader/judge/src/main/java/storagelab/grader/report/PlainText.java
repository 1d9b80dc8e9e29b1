package storagelab.grader.report;

import java.util.Locale;

/** Text that is safe to show: no control characters, no halves of surrogate pairs, bounded where it must be. */
public final class PlainText {
    private PlainText() {}

    /**
     * {@code text} with everything that XML 1.0 forbids made visible: a control character other than tab and newline
     * becomes its code, such as {@code \\u001b}, so that no terminal obeys it; half a surrogate pair becomes U+FFFD.
     * Line ends become {@code \n}.
     */
    public static String clean(String text) {
        String lines = text.replace("\r\n", "\n");
        StringBuilder clean = null;
        for (int i = 0; i < lines.length(); ) {
            int point = lines.codePointAt(i);
            int units = Character.charCount(point);
            if (!isPlain(point)) {
                if (clean == null) {
                    clean = new StringBuilder(lines.length() + 16).append(lines, 0, i);
                }
                clean.append(visible(point));
            } else if (clean != null) {
                clean.appendCodePoint(point);
            }
            i += units;
        }
        return clean == null ? lines : clean.toString();
    }

    private static boolean isPlain(int point) {
        if (point < 0x20) {
            return point == '\t' || point == '\n';
        }
        boolean control = point >= 0x7f && point <= 0x9f;
        return !control && !isHalfPair(point) && point != 0xfffe && point != 0xffff && !turnsText(point);
    }

    private static boolean isHalfPair(int point) {
        return point >= 0xd800 && point <= 0xdfff;
    }

    /** Whether a character reorders the text around it, so that a reader sees something else than is there. */
    private static boolean turnsText(int point) {
        return (point >= 0x202a && point <= 0x202e) || (point >= 0x2066 && point <= 0x2069);
    }

    private static String visible(int point) {
        return isHalfPair(point) ? "\ufffd" : String.format(Locale.ROOT, "\\u%04x", point);
    }

    /** {@code text} with each half of a surrogate pair as U+FFFD, so that UTF-8 can carry it. */
    static String encodable(String text) {
        return text.codePoints()
                .map(point -> isHalfPair(point) ? 0xfffd : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** The first line of {@code text}, cut to {@code columns} with an ellipsis. */
    static String firstLine(String text, int columns) {
        String clean = clean(text).strip();
        int end = clean.indexOf('\n');
        String line = (end < 0 ? clean : clean.substring(0, end)).replace('\t', ' ');
        boolean cut = line.length() > columns;
        if (!cut) {
            return end < 0 ? line : line + " ...";
        }
        int keep = Math.max(1, columns - 4);
        return line.substring(0, Character.isHighSurrogate(line.charAt(keep - 1)) ? keep - 1 : keep) + " ...";
    }
}
