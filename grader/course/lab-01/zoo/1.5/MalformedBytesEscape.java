// exercise: 1.5
// type: storagelab.sortedlog.SortedTable
// verdict: caught
// because: an entry that cannot be read ends in a MalformedBytesException without file and offset
public final class SortedTable implements Closeable {
    private Iterator<Entry> entriesOf(BlockRef block) {
        stats.increment(FileMetrics.BLOCKS_READ);
        ByteReader reader = new ByteReader(readChecked(file, block.offset, block.sizeBytes));
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return reader.remaining() > 0;
            }

            @Override
            public Entry next() {
                return EntryCodec.read(reader);
            }
        };
    }
}
