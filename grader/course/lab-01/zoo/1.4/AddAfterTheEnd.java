// exercise: 1.4
// type: storagelab.sortedlog.SortedTableBuilder
// verdict: caught
// because: entries are taken after finish and close, and go nowhere
public final class SortedTableBuilder implements Closeable {
    private void checkOpen() {
        if (finished) {
            throw new IllegalStateException(file.path() + " is finished");
        }
    }
}
