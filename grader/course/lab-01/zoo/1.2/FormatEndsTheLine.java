// exercise: 1.2
// type: storagelab.sortedlog.toy.ToyLine
// verdict: caught
// because: the line has the newline at its end that the log is to add
public record ToyLine(long timestampMillis, String key, String value) {
    public String format() {
        String text = timestampMillis + "|" + escape(key) + "|" + escape(value);
        return text + "|" + checksum(text) + "\n";
    }
}
