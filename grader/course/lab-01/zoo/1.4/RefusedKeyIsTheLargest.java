// exercise: 1.4
// type: storagelab.sortedlog.SortedTableBuilder
// verdict: caught
// because: an entry that is refused leaves its key behind as the largest
public final class SortedTableBuilder implements Closeable {
    public void add(Entry entry) {
        checkOpen();
        Slice previous = largest;
        largest = entry.key();
        if (smallest != null && previous.compareTo(entry.key()) >= 0) {
            throw new IllegalArgumentException("keys must ascend: " + entry.key() + " after " + previous);
        }
        if (block.size() > 0 && block.size() + EntryCodec.encodedBytes(entry) > SortedTableLayout.BLOCK_BYTES) {
            finishBlock();
        }
        if (block.size() == 0) {
            firstKeyOfBlock = entry.key();
        }
        if (smallest == null) {
            smallest = entry.key();
        }
        EntryCodec.write(entry, block);
        entries++;
    }
}
