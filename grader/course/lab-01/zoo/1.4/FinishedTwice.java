// exercise: 1.4
// type: storagelab.sortedlog.SortedTableBuilder
// verdict: caught
// because: a table can be finished a second time
public final class SortedTableBuilder implements Closeable {
    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException(file.path() + " is closed");
        }
    }
}
