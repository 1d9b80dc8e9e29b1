// exercise: 1.3
// type: storagelab.sortedlog.RecordLog
// verdict: caught
// because: close gives the file back without a sync, and a power cut takes what the caller believes is safe
public final class RecordLog {
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            file.close();
        }
    }
}
