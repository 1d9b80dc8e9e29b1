// exercise: 1.3
// type: storagelab.sortedlog.RecordLog
// verdict: caught
// because: sizeBytes counts only the frames that are known to be on disk
public final class RecordLog implements Closeable {
    public long sizeBytes() {
        return durableBytes;
    }
}
