// exercise: 1.4
// type: storagelab.sortedlog.SortedTableBuilder
// verdict: caught
// because: a table that is closed twice throws
public final class SortedTableBuilder implements Closeable {
    public void close() {
        if (finished) {
            return;
        }
        checkOpen();
        closed = true;
        try {
            file.close();
        } finally {
            StoreFile.delete(file.path());
        }
    }
}
