// exercise: 1.5
// type: storagelab.sortedlog.SortedTable
// verdict: caught
// because: blocks are numbered from 1
public final class SortedTable implements Closeable {
    public Slice firstKey(int block) {
        return index.get(block - 1).firstKey;
    }
}
