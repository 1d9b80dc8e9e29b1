// exercise: 1.3
// type: storagelab.sortedlog.RecordLog
// verdict: caught
// because: durableBytes is moved before the disk has answered
public final class RecordLog implements Closeable {
    public void sync() {
        checkUsable();
        durableBytes = file.sizeBytes();
        try {
            file.sync();
        } catch (RuntimeException | Error e) {
            failure = e;
            throw e;
        }
    }
}
