// exercise: 1.5
// type: storagelab.sortedlog.SortedTable
// verdict: caught
// because: the exception names the offset of the checksum and not that of the block
public final class SortedTable implements Closeable {
    private static Slice readChecked(StoreFile file, long offset, int size) {
        byte[] bytes = file.read(offset, size + SortedTableLayout.CRC_BYTES);
        int expected = new ByteReader(Slice.wrap(bytes, size, SortedTableLayout.CRC_BYTES)).readFixed32();
        int actual = Crc32c.of(bytes, 0, size);
        if (actual != expected) {
            throw new CorruptionException(
                    file.path(), offset + size, "checksum %08x".formatted(expected), "%08x".formatted(actual));
        }
        return Slice.wrap(bytes, 0, size);
    }
}
