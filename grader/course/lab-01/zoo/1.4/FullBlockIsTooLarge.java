// exercise: 1.4
// type: storagelab.sortedlog.SortedTableBuilder
// verdict: caught
// because: a block that an entry would fill to exactly 4,096 bytes is ended before that entry
public final class SortedTableBuilder implements Closeable {
    public void add(Entry entry) {
        checkOpen();
        if (smallest != null && largest.compareTo(entry.key()) >= 0) {
            throw new IllegalArgumentException("keys must ascend: " + entry.key() + " after " + largest);
        }
        if (block.size() > 0 && block.size() + EntryCodec.encodedBytes(entry) >= SortedTableLayout.BLOCK_BYTES) {
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
