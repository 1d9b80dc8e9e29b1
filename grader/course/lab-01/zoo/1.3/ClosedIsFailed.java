// exercise: 1.3
// type: storagelab.sortedlog.RecordLog
// verdict: caught
// because: after close, append and sync throw StoreFailedException
public final class RecordLog implements Closeable {
    private void checkUsable() {
        if (closed || failure != null) {
            throw new StoreFailedException(file.path().toString(), failure == null ? new IllegalStateException() : failure);
        }
    }
}
