// exercise: 1.4
// type: storagelab.sortedlog.SortedTableBuilder
// verdict: caught
// because: the file of a table that was given up is deleted and never closed
public final class SortedTableBuilder implements Closeable {
    public void close() {
        if (!finished && !closed) {
            closed = true;
            StoreFile.delete(file.path());
        }
    }
}
