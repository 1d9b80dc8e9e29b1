// exercise: 1.4
// type: storagelab.sortedlog.SortedTableBuilder
// verdict: caught
// because: the four bytes of the checksum are counted as part of the block, so that a block of exactly 4096 bytes is cut too early
public final class SortedTableBuilder {
    public void add(Entry entry) {
        checkOpen();
        if (smallest != null && largest.compareTo(entry.key()) >= 0) {
            throw new IllegalArgumentException("keys must ascend: " + entry.key() + " after " + largest);
        }
        int room = SortedTableLayout.BLOCK_BYTES - SortedTableLayout.CRC_BYTES;
        if (block.size() > 0 && block.size() + EntryCodec.encodedBytes(entry) > room) {
            finishBlock();
        }
        if (block.size() == 0) {
            firstKeyOfBlock = entry.key();
        }
        if (smallest == null) {
            smallest = entry.key();
        }
        EntryCodec.write(entry, block);
        largest = entry.key();
        entries++;
    }
}
