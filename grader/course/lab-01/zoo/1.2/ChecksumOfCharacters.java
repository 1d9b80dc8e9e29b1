// exercise: 1.2
// type: storagelab.sortedlog.toy.ToyLine
// verdict: caught
// because: the checksum is that of the text in ISO 8859-1, where all other characters are question marks
public record ToyLine(long timestampMillis, String key, String value) {
    private static String checksum(String text) {
        return "%08x".formatted(Crc32c.of(text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)));
    }
}
