// exercise: 1.4
// type: storagelab.sortedlog.SortedTableBuilder
// verdict: caught
// because: the smallest key in the returned info is the first key of the last block
public final class SortedTableBuilder implements Closeable {
    public TableInfo finish() {
        checkOpen();
        if (smallest == null) {
            throw new IllegalStateException("a table without entries: " + file.path());
        }
        finishBlock();
        long indexOffset = file.sizeBytes();
        ByteWriter tail = new ByteWriter(indexedBlocks.size() + 64 + SortedTableLayout.FOOTER_BYTES);
        tail.putVarint32(blocks).putBytes(indexedBlocks.view()).putLengthPrefixed(largest);
        int indexSize = tail.size();
        tail.putFixed32(tail.crc32c(0, indexSize));
        tail.putFixed64(indexOffset)
                .putFixed32(indexSize)
                .putFixed64(entries)
                .putFixed64(number)
                .putFixed32(SortedTableLayout.VERSION)
                .putFixed64(SortedTableLayout.MAGIC);
        file.append(tail.view());
        file.sync();
        file.close();
        finished = true;
        return new TableInfo(number, entries, file.sizeBytes(), firstKeyOfBlock, largest);
    }
}
