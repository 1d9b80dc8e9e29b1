// exercise: 1.4
// type: storagelab.sortedlog.SortedTableBuilder
// verdict: caught
// because: the checksum of a block is appended by a call of its own
public final class SortedTableBuilder implements Closeable {
    private void finishBlock() {
        indexedBlocks
                .putLengthPrefixed(firstKeyOfBlock)
                .putVarint64(file.sizeBytes())
                .putVarint32(block.size());
        int crc = block.crc32c(0, block.size());
        file.append(block.view());
        block.clear();
        block.putFixed32(crc);
        file.append(block.view());
        block.clear();
        blocks++;
    }
}
