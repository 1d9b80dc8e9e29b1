// exercise: 1.2
// type: storagelab.sortedlog.toy.ToyLine
// verdict: caught
// because: a line with more than four parts is read, if its checksum is right
public record ToyLine(long timestampMillis, String key, String value) {
    public static ToyLine parse(String line) {
        String[] parts = line.split("\\|", -1);
        if (parts.length < 4) {
            throw new IllegalArgumentException(parts.length + " parts instead of timestamp|key|value|checksum");
        }
        String expected = checksum(line.substring(0, line.lastIndexOf('|')));
        if (!parts[parts.length - 1].equals(expected)) {
            throw new IllegalArgumentException("checksum " + parts[parts.length - 1] + " instead of " + expected);
        }
        return new ToyLine(Long.parseLong(parts[0]), unescape(parts[1]), unescape(parts[2]));
    }
}
