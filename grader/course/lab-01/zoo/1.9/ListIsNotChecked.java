// exercise: 1.9
// type: storagelab.sortedlog.DurableTableList
// verdict: caught
// because: the checksum of the list is not compared, and a damaged number names other tables
public final class DurableTableList implements TableList {
    private static PublishedTables decode(byte[] bytes) {
        ByteReader reader = new ByteReader(Slice.wrap(bytes));
        Slice magic = reader.readBytes(MAGIC.length());
        if (!magic.equals(MAGIC)) {
            throw new MalformedBytesException("the magic number " + magic);
        }
        long firstLog = reader.readFixed64();
        int count = reader.readVarint32();
        List<Long> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            numbers.add(reader.readVarint64());
        }
        reader.readFixed32();
        return new PublishedTables(numbers, firstLog);
    }
}
