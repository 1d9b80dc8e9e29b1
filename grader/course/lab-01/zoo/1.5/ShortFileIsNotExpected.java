// exercise: 1.5
// type: storagelab.sortedlog.SortedTable
// verdict: caught
// because: a file that is shorter than a footer ends in another exception
public final class SortedTable implements Closeable {
    private record Footer(long indexOffset, int indexSize, long entries) {
        static Footer read(StoreFile file, long number) {
            long offset = file.sizeBytes() - SortedTableLayout.FOOTER_BYTES;

            ByteReader reader = new ByteReader(Slice.wrap(file.read(offset, SortedTableLayout.FOOTER_BYTES)));
            Footer footer = new Footer(reader.readFixed64(), reader.readFixed32(), reader.readFixed64());
            long actualNumber = reader.readFixed64();
            int version = reader.readFixed32();
            long magic = reader.readFixed64();
            check(magic == SortedTableLayout.MAGIC, file, "the magic number of a table", "%016x".formatted(magic));
            check(version == SortedTableLayout.VERSION, file, "version 1", "version " + version);
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
