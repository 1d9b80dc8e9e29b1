// exercise: 1.2
// type: storagelab.sortedlog.toy.ToyLine
// verdict: caught
// because: the timestamp is written with thirteen digits, and zeros in front
public record ToyLine(long timestampMillis, String key, String value) {
    public String format() {
        String text = "%013d|%s|%s".formatted(timestampMillis, escape(key), escape(value));
        return text + "|" + checksum(text);
    }
}
