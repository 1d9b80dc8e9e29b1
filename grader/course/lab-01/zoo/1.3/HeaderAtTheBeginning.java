// exercise: 1.3
// type: storagelab.sortedlog.RecordLog
// verdict: caught
// because: a new log begins with an empty frame
public final class RecordLog implements Closeable {
    public static RecordLog create(Path file, StatsRecorder stats) {
        RecordLog log = new RecordLog(StoreFile.create(file, stats));
        log.append(Slice.EMPTY);
        return log;
    }
}
