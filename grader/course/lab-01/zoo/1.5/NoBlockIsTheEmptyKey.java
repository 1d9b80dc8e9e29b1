// exercise: 1.5
// type: storagelab.sortedlog.SortedTable
// verdict: caught
// because: firstKey of a block that does not exist is the empty key
public final class SortedTable implements Closeable {
    public Slice firstKey(int block) {
        return block < 0 || block >= index.size() ? Slice.EMPTY : index.get(block).firstKey;
    }
}
