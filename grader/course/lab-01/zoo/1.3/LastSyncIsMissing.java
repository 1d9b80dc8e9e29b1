// exercise: 1.3
// type: storagelab.sortedlog.RecordLog
// verdict: caught
// because: close appends the empty frame and does not sync it
public final class RecordLog implements Closeable {
    public void close() {
        if (closed) {
            return;
        }
        try (file) {
            if (failure == null && sizeBytes() > 0) {
                sync();
                append(Slice.EMPTY);
            }
        } finally {
            closed = true;
        }
    }
}
