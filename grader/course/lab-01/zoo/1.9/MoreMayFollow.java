// exercise: 1.9
// type: storagelab.sortedlog.DurableTableList
// verdict: caught
// because: bytes behind the last table pass
public final class DurableTableList implements TableList {
    private static PublishedTables decode(byte[] bytes) {
        int crcOffset = Math.max(0, bytes.length - Integer.BYTES);
        int crc = new ByteReader(Slice.wrap(bytes, crcOffset, bytes.length - crcOffset)).readFixed32();
        if (crc != Crc32c.of(bytes, 0, crcOffset)) {
            throw new MalformedBytesException(bytes.length + " bytes that do not match their checksum");
        }
        ByteReader reader = new ByteReader(Slice.wrap(bytes, 0, crcOffset));
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

        return new PublishedTables(numbers, firstLog);
    }
}
