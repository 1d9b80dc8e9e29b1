// exercise: 1.5
// type: storagelab.sortedlog.SortedTable
// verdict: caught
// because: the info has the number of blocks where the number of entries belongs
public final class SortedTable implements Closeable {
    public TableInfo info() {
        return new TableInfo(info.number(), index.size(), info.sizeBytes(), info.smallest(), info.largest());
    }
}
