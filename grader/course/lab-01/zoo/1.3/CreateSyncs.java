// exercise: 1.3
// type: storagelab.sortedlog.RecordLog
// verdict: caught
// because: creating a log syncs the empty file
public final class RecordLog implements Closeable {
    public static RecordLog create(Path file, StatsRecorder stats) {
        StoreFile created = StoreFile.create(file, stats);
        created.sync();
        return new RecordLog(created);
    }
}
