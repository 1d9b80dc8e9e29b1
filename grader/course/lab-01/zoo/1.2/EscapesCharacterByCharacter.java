// exercise: 1.2
// type: storagelab.sortedlog.toy.ToyLine
// verdict: accepted
// because: escapes made and undone one character at a time are the same escapes
public record ToyLine(long timestampMillis, String key, String value) {
    private static final String PLAIN = "\\|\n\r";
    private static final String ESCAPED = "\\pnr";

    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        for (char c : text.toCharArray()) {
            int special = PLAIN.indexOf(c);
            if (special < 0) {
                escaped.append(c);
            } else {
                escaped.append('\\').append(ESCAPED.charAt(special));
            }
        }
        return escaped.toString();
    }

    private static String unescape(String text) {
        StringBuilder plain = new StringBuilder();
        boolean afterBackslash = false;
        for (char c : text.toCharArray()) {
            if (afterBackslash) {
                plain.append(PLAIN.charAt(ESCAPED.indexOf(c)));
                afterBackslash = false;
            } else if (c == '\\') {
                afterBackslash = true;
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }
}
