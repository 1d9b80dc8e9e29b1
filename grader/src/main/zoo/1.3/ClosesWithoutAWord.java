// exercise: 1.3
// type: storagelab.sortedlog.RecordLog
// verdict: caught
// because: close leaves out the last frame, so nothing in the file says later that the records before it had been on disk

public final class RecordLog {
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (file) {
            if (failure == null) {
                file.sync();
            }
        }
    }
}
