// exercise: 1.2
// type: storagelab.sortedlog.toy.ToyLine
// verdict: caught
// because: the checksum is written without leading zeros, so that one in sixteen has fewer than eight digits
public record ToyLine(long timestampMillis, String key, String value) {
    private static String checksum(String text) {
        return Integer.toHexString(Crc32c.of(text.getBytes(UTF_8)));
    }
}
