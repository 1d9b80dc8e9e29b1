// exercise: 4.4
// type: storagelab.page.MetaPage
// verdict: caught
// because: offset + 60 does not fit an int near 2^31, and what should be no record is an exception
public record MetaPage( int pageSizeBytes, long checkpoint, long version, int rootPage, int pageCount, int freeListPage, long entries, int depth) {
    public static OptionalInt formatVersion(byte[] bytes, int offset) {
        boolean whole = offset + RECORD_BYTES <= bytes.length
                && getLong(bytes, offset) == MAGIC
                && getInt(bytes, offset + CRC_OFFSET) == Crc32c.of(bytes, offset, CRC_OFFSET);
        return whole ? OptionalInt.of(getInt(bytes, offset + FORMAT_VERSION_OFFSET)) : OptionalInt.empty();
    }
}
