// exercise: 1.3
// type: storagelab.sortedlog.RecordLog
// verdict: caught
// because: sync notes that everything is on disk and never asks the disk

public final class RecordLog {
    public void sync() {
        checkUsable();
        durableBytes = file.sizeBytes();
    }
}
