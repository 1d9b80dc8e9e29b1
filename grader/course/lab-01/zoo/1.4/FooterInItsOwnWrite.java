// exercise: 1.4
// type: storagelab.sortedlog.SortedTableBuilder
// verdict: accepted
// because: it writes index and footer one after the other instead of together

public final class SortedTableBuilder {
    public TableInfo finish() {
        checkOpen();
        Slice first = smallest;
        if (first == null) {
            throw new IllegalStateException("no entries");
        }
        finishBlock();
        long indexOffset = file.sizeBytes();
        ByteWriter index = new ByteWriter(64);
        index.putVarint32(blocks).putBytes(indexedBlocks.view()).putLengthPrefixed(largest);
        int indexSize = index.size();
        file.append(index.putFixed32(index.crc32c(0, indexSize)).view());
        ByteWriter footer = new ByteWriter(SortedTableLayout.FOOTER_BYTES);
        footer.putFixed64(indexOffset).putFixed32(indexSize).putFixed64(entries).putFixed64(number);
        footer.putFixed32(SortedTableLayout.VERSION).putFixed64(SortedTableLayout.MAGIC);
        file.append(footer.view());
        finished = true;
        try (file) {
            file.sync();
        }
        return new TableInfo(number, entries, file.sizeBytes(), first, largest);
    }
}
