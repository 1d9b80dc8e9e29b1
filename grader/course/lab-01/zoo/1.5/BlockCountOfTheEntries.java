// exercise: 1.5
// type: storagelab.sortedlog.SortedTable
// verdict: caught
// because: blockCount is the number of entries
public final class SortedTable implements Closeable {
    public int blockCount() {
        return (int) info.entries();
    }
}
