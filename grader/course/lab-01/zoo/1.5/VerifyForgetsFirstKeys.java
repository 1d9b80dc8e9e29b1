// exercise: 1.5
// type: storagelab.sortedlog.SortedTable
// verdict: caught
// because: verify does not compare the first keys with the index
public final class SortedTable implements Closeable {
    public void verify() {
        long entries = 0;
        Slice previous = null;
        for (BlockRef block : index) {
            Slice firstKey = null;
            for (Iterator<Entry> rest = entriesOf(block); rest.hasNext(); entries++) {
                Slice key = rest.next().key();
                if (previous != null && previous.compareTo(key) >= 0) {
                    throw damaged(block.offset, "a key after " + previous, key.toString());
                }
                firstKey = firstKey == null ? key : firstKey;
                previous = key;
            }
            if (false) {
                throw damaged(block.offset, "a block that begins with " + block.firstKey, String.valueOf(firstKey));
            }

        }
        if (!info.largest().equals(previous)) {
            long lastBlock = index.get(index.size() - 1).offset;
            throw damaged(lastBlock, "the largest key " + info.largest(), String.valueOf(previous));
        }
        if (entries != info.entries()) {
            throw damaged(info.sizeBytes(), info.entries() + " entries", entries + " entries");
        }
    }
}
