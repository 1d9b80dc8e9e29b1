// exercise: 1.5
// type: storagelab.sortedlog.SortedTable
// verdict: caught
// because: the checksum of the index is not compared
public final class SortedTable implements Closeable {
    private static Slice readIndex(StoreFile file, Footer footer, List<BlockRef> blocks) {
        ByteReader reader = new ByteReader(Slice.wrap(file.read(footer.indexOffset, footer.indexSize)));
        try {
            int count = reader.readVarint32();
            long expectedOffset = 0;
            for (int i = 0; i < count; i++) {
                BlockRef block =
                        new BlockRef(reader.readLengthPrefixed(), reader.readVarint64(), reader.readVarint32());
                if (block.offset != expectedOffset || block.sizeBytes < 1) {
                    throw new MalformedBytesException("block " + i);
                }
                expectedOffset += block.sizeBytes + (long) SortedTableLayout.CRC_BYTES;
                blocks.add(block);
            }
            Slice largest = reader.readLengthPrefixed();
            if (count < 1 || expectedOffset != footer.indexOffset || reader.remaining() > 0) {
                throw new MalformedBytesException(count + " blocks");
            }
            return largest;
        } catch (MalformedBytesException e) {
            throw new CorruptionException(
                    file.path(),
                    footer.indexOffset,
                    "an index of blocks that fill bytes 0 to " + footer.indexOffset,
                    String.valueOf(e.getMessage()));
        }
    }
}
