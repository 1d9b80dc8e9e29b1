// exercise: 1.5
// type: storagelab.sortedlog.SortedTable
// verdict: caught
// because: close does not close the file
public final class SortedTable implements Closeable {
    public void close() {}
}
