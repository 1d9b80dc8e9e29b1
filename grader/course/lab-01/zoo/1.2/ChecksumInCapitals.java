// exercise: 1.2
// type: storagelab.sortedlog.toy.ToyLine
// verdict: caught
// because: the checksum is written with capital letters
public record ToyLine(long timestampMillis, String key, String value) {
    private static String checksum(String text) {
        return "%08X".formatted(Crc32c.of(text.getBytes(UTF_8)));
    }
}
