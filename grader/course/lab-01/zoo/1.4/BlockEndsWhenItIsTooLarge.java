// exercise: 1.4
// type: storagelab.sortedlog.SortedTableBuilder
// verdict: caught
// because: the size is looked at after the entry went in, so blocks grow beyond 4 KiB
public final class SortedTableBuilder {
    public void add(Entry entry) {
        checkOpen();
        if (smallest != null && largest.compareTo(entry.key()) >= 0) {
            throw new IllegalArgumentException("keys must ascend: " + entry.key() + " after " + largest);
        }
        if (block.size() >= SortedTableLayout.BLOCK_BYTES) {
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
