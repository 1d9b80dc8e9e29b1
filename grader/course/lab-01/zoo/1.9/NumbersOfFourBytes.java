// exercise: 1.9
// type: storagelab.sortedlog.DurableTableList
// verdict: caught
// because: the numbers of tables are written in four bytes each
public final class DurableTableList implements TableList {
    private static Slice encode(PublishedTables tables) {
        ByteWriter bytes = new ByteWriter(64);
        bytes.putBytes(MAGIC)
                .putFixed64(tables.firstLog())
                .putVarint32(tables.newestFirst().size());
        tables.newestFirst().forEach(number -> bytes.putFixed32(Math.toIntExact(number)));
        return bytes.putFixed32(bytes.crc32c(0, bytes.size())).view();
    }
}
