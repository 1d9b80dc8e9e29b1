// exercise: 1.2
// type: storagelab.sortedlog.toy.ToyLine
// verdict: caught
// because: a bar in a value is written as it is and then taken for the end of the value
public record ToyLine(long timestampMillis, String key, String value) {
    private static String escape(String text) {
        return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    }
}
