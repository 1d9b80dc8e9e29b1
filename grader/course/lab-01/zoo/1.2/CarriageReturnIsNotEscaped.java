// exercise: 1.2
// type: storagelab.sortedlog.toy.ToyLine
// verdict: caught
// because: a carriage return is written as it is
public record ToyLine(long timestampMillis, String key, String value) {
    private static String escape(String text) {
        return text.replace("\\", "\\\\").replace("|", "\\p").replace("\n", "\\n");
    }
}
