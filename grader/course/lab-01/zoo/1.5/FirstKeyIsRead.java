// exercise: 1.5
// type: storagelab.sortedlog.SortedTable
// verdict: caught
// because: firstKey reads the block to look at its first entry, although the index has the key

public final class SortedTable {
    public Slice firstKey(int block) {
        return readBlock(block).get(0).key();
    }
}
