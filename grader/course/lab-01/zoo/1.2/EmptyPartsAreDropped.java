// exercise: 1.2
// type: storagelab.sortedlog.toy.ToyLine
// verdict: caught
// because: split without a limit drops empty parts at the end, and an empty value takes the line with it
public record ToyLine(long timestampMillis, String key, String value) {
    public static ToyLine parse(String line) {
        int bar = Math.max(0, line.lastIndexOf('|'));
        String[] parts = line.substring(0, bar).split("\\|");
        String expected = checksum(line.substring(0, bar));
        if (parts.length != 3 || !line.substring(bar + 1).equals(expected)) {
            throw new IllegalArgumentException("not timestamp|key|value|" + expected + " but " + line);
        }
        return new ToyLine(Long.parseLong(parts[0]), unescape(parts[1]), unescape(parts[2]));
    }
}
