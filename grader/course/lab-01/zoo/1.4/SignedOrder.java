// exercise: 1.4
// type: storagelab.sortedlog.SortedTableBuilder
// verdict: caught
// because: it compares bytes as Java's signed bytes, so 0x80 and above come before 0x00

import java.util.Arrays;

public final class SortedTableBuilder {
    public void add(Entry entry) {
        checkOpen();
        if (smallest != null && Arrays.compare(largest.toByteArray(), entry.key().toByteArray()) >= 0) {
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
