// exercise: 1.3
// type: storagelab.sortedlog.RecordLog
// verdict: caught
// because: a sync that failed is forgotten, and the next one says that all is on disk
public final class RecordLog implements Closeable {
    public void sync() {
        checkUsable();
        file.sync();
        durableBytes = file.sizeBytes();
    }
}
