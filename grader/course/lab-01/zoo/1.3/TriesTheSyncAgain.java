// exercise: 1.3
// type: storagelab.sortedlog.RecordLog
// verdict: caught
// because: after a failed sync the next one is believed, although the disk has dropped the data that it could not write
public final class RecordLog {
    public void sync() {
        if (closed) {
            throw new StoreClosedException(file.path().toString());
        }
        file.sync();
        durableBytes = file.sizeBytes();
    }
}
