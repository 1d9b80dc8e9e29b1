// exercise: 1.3
// type: storagelab.sortedlog.RecordLog
// verdict: caught
// because: each sync asks the disk twice
public final class RecordLog implements Closeable {
    public void sync() {
        checkUsable();
        try {
            file.sync();
            file.sync();
        } catch (RuntimeException | Error e) {
            failure = e;
            throw e;
        }
        durableBytes = file.sizeBytes();
    }
}
