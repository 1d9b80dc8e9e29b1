// exercise: 1.2
// type: storagelab.sortedlog.toy.ToyLine
// verdict: caught
// because: undoing the escapes by one replace after the other takes an escaped backslash before a p for a bar
public record ToyLine(long timestampMillis, String key, String value) {
    private static String unescape(String text) {
        return text.replace("\\p", "|")
                .replace("\\n", "\n")
                .replace("\\r", "\r")
                .replace("\\\\", "\\");
    }
}
