// exercise: 1.4
// type: storagelab.sortedlog.SortedTableBuilder
// verdict: caught
// because: blocks are collected in memory and written when the table is finished, so memory grows with the table
public final class SortedTableBuilder {
    private final ByteWriter allBlocks = new ByteWriter(4096);

    public TableInfo finish() {
        checkOpen();
        if (smallest == null) {
            throw new IllegalStateException("a table without entries: " + file.path());
        }
        finishBlock();
        file.append(allBlocks.view());
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
        return new TableInfo(number, entries, file.sizeBytes(), smallest, largest);
    }

    private void finishBlock() {
        indexedBlocks
                .putLengthPrefixed(firstKeyOfBlock)
                .putVarint64(allBlocks.size())
                .putVarint32(block.size());
        block.putFixed32(block.crc32c(0, block.size()));
        allBlocks.putBytes(block.toSlice());
        block.clear();
        blocks++;
    }
}
