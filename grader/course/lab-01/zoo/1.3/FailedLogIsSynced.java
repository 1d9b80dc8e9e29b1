// exercise: 1.3
// type: storagelab.sortedlog.RecordLog
// verdict: caught
// because: closing a log that has failed syncs it
public final class RecordLog implements Closeable {
    public void close() {
        if (closed) {
            return;
        }
        try (file) {
            if (sizeBytes() > 0) {
                file.sync();
                if (failure == null) {
                    append(Slice.EMPTY);
                    sync();
                }
            }
        } finally {
            closed = true;
        }
    }
}
