// exercise: 4.4
// type: storagelab.page.MetaPage
// verdict: caught
// because: the second checksum is not compared, and a changed bit of the log position goes unnoticed

public record MetaPage() {
    private static boolean isWhole(byte[] bytes, int offset) {
        return offset <= bytes.length - RECORD_BYTES;
    }
}
