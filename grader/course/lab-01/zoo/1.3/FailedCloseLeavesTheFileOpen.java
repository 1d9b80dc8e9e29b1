// exercise: 1.3
// type: storagelab.sortedlog.RecordLog
// verdict: caught
// because: when the sync of close fails, the file stays open
public final class RecordLog implements Closeable {
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        closed = false;
        if (failure == null && sizeBytes() > 0) {
            sync();
            append(Slice.EMPTY);
            sync();
        }
        closed = true;
        file.close();
    }
}
