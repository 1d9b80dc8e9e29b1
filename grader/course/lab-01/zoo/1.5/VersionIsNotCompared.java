// exercise: 1.5
// type: storagelab.sortedlog.SortedTable
// verdict: caught
// because: the version is not compared
public final class SortedTable implements Closeable {
    private record Footer(long indexOffset, int indexSize, long entries) {
        static Footer read(StoreFile file, long number) {
            long offset = file.sizeBytes() - SortedTableLayout.FOOTER_BYTES;
            if (offset < 0) {
                throw new CorruptionException(
                        file.path(), 0, "at least a footer of 40 bytes", file.sizeBytes() + " bytes");
            }
            ByteReader reader = new ByteReader(Slice.wrap(file.read(offset, SortedTableLayout.FOOTER_BYTES)));
            Footer footer = new Footer(reader.readFixed64(), reader.readFixed32(), reader.readFixed64());
            long actualNumber = reader.readFixed64();
            int version = reader.readFixed32();
            long magic = reader.readFixed64();
            check(magic == SortedTableLayout.MAGIC, file, "the magic number of a table", "%016x".formatted(magic));

            check(actualNumber == number, file, "table number " + number, "number " + actualNumber);
            check(
                    footer.indexOffset >= 0
                            && footer.indexSize >= 0
                            && footer.indexSize == offset - SortedTableLayout.CRC_BYTES - footer.indexOffset,
                    file,
                    "an index that ends at byte " + offset,
                    footer.indexSize + " bytes at " + footer.indexOffset);
            return footer;
        }

        private static void check(boolean right, StoreFile file, String expected, String actual) {
            if (!right) {
                long offset = file.sizeBytes() - SortedTableLayout.FOOTER_BYTES;
                throw new CorruptionException(file.path(), offset, expected, actual);
            }
        }
    }
}
