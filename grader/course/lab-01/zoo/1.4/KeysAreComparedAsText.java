// exercise: 1.4
// type: storagelab.sortedlog.SortedTableBuilder
// verdict: caught
// because: keys are compared as text, where every byte above 0x7f is the same replacement character
public final class SortedTableBuilder {
    public void add(Entry entry) {
        checkOpen();
        if (smallest != null && largest.toUtf8().compareTo(entry.key().toUtf8()) >= 0) {
            throw new IllegalArgumentException("keys must ascend: " + entry.key() + " after " + largest);
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
        largest = entry.key();
        entries++;
    }
}
