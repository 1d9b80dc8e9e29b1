// exercise: 1.3
// type: storagelab.sortedlog.RecordLog
// verdict: caught
// because: close appends the empty frame before it syncs the others, so that it says nothing about them
public final class RecordLog implements Closeable {
    public void close() {
        if (closed) {
            return;
        }
        try (file) {
            if (failure == null && sizeBytes() > 0) {
                append(Slice.EMPTY);
                sync();
            }
        } finally {
            closed = true;
        }
    }
}
