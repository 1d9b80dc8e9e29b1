// exercise: 1.3
// type: storagelab.sortedlog.RecordLog
// verdict: caught
// because: closing a log without frames writes one
public final class RecordLog implements Closeable {
    public void close() {
        if (closed) {
            return;
        }
        try (file) {
            if (failure == null) {
                sync();
                append(Slice.EMPTY);
                sync();
            }
        } finally {
            closed = true;
        }
    }
}
