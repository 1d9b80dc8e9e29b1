// exercise: 4.4
// type: storagelab.page.MetaSectors
// verdict: caught
// because: the record stands in its meta page once, and one damaged sector is the end of the file
final class MetaSectors {
    static byte[] bytes(MetaPage record) {
        byte[] bytes = new byte[SIZE_BYTES];
        System.arraycopy(record.encode(), 0, bytes, 0, MetaPage.RECORD_BYTES);
        return bytes;
    }
}
