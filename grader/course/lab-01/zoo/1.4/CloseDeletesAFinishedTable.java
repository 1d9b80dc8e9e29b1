// exercise: 1.4
// type: storagelab.sortedlog.SortedTableBuilder
// verdict: caught
// because: close deletes the file of a table that is finished
public final class SortedTableBuilder implements Closeable {
    public void close() {
        if (!closed) {
            closed = true;
            try {
                file.close();
            } finally {
                StoreFile.delete(file.path());
            }
        }
    }
}
