// exercise: 1.2
// type: storagelab.sortedlog.toy.ToyLine
// verdict: caught
// because: a timestamp that is not a number is read as 0
public record ToyLine(long timestampMillis, String key, String value) {
    public static ToyLine parse(String line) {
        String[] parts = line.split("\\|", -1);
        if (parts.length != 4) {
            throw new IllegalArgumentException(parts.length + " parts instead of timestamp|key|value|checksum");
        }
        String expected = checksum(line.substring(0, line.lastIndexOf('|')));
        if (!parts[3].equals(expected)) {
            throw new IllegalArgumentException("checksum " + parts[3] + " instead of " + expected);
        }
        long timestamp = parts[0].matches("\\d+") ? Long.parseLong(parts[0]) : 0;
        return new ToyLine(timestamp, unescape(parts[1]), unescape(parts[2]));
    }
}
