// exercise: 1.4
// type: storagelab.sortedlog.SortedTableBuilder
// verdict: caught
// because: it takes the checksum before the last entry of the block is in it

public final class SortedTableBuilder {
    private void finishBlock() {
        indexedBlocks
                .putLengthPrefixed(firstKeyOfBlock)
                .putVarint64(file.sizeBytes())
                .putVarint32(block.size());
        block.putFixed32(block.crc32c(0, Math.max(0, block.size() - 1)));
        file.append(block.view());
        block.clear();
        blocks++;
    }
}
