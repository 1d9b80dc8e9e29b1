// exercise: 1.3
// type: storagelab.sortedlog.RecordLog
// verdict: caught
// because: a second close appends and syncs again
public final class RecordLog implements Closeable {
    public void close() {
        if (failure == null && sizeBytes() > 0) {
            closed = false;
            sync();
            append(Slice.EMPTY);
            sync();
        }
        closed = true;
    }
}
