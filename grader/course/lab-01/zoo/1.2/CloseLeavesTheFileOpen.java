// exercise: 1.2
// type: storagelab.sortedlog.toy.ToyLog
// verdict: caught
// because: closing does not close the file
public final class ToyLog implements Closeable {
    public void close() {
        index.clear();
    }
}
