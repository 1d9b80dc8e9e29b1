// exercise: 1.2
// type: storagelab.sortedlog.toy.ToyLine
// verdict: caught
// because: a line with four parts is believed, whatever its checksum says
public record ToyLine(long timestampMillis, String key, String value) {
    public static ToyLine parse(String line) {
        String[] parts = line.split("\\|", -1);
        if (parts.length != 4) {
            throw new IllegalArgumentException(parts.length + " parts instead of timestamp|key|value|checksum");
        }
        return new ToyLine(Long.parseLong(parts[0]), unescape(parts[1]), unescape(parts[2]));
    }
}
