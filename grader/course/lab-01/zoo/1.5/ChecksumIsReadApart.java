// exercise: 1.5
// type: storagelab.sortedlog.SortedTable
// verdict: caught
// because: a block and its checksum are read by two calls
public final class SortedTable implements Closeable {
    private static Slice readChecked(StoreFile file, long offset, int size) {
        byte[] bytes = file.read(offset, size);
        int expected = new ByteReader(Slice.wrap(file.read(offset + size, SortedTableLayout.CRC_BYTES))).readFixed32();
        int actual = Crc32c.of(bytes, 0, size);
        if (actual != expected) {
            throw new CorruptionException(
                    file.path(), offset, "checksum %08x".formatted(expected), "%08x".formatted(actual));
        }
        return Slice.wrap(bytes, 0, size);
    }
}
