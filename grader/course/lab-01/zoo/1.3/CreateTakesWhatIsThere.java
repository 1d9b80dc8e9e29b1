// exercise: 1.3
// type: storagelab.sortedlog.RecordLog
// verdict: caught
// because: creating a log over a file that exists goes on in that file
public final class RecordLog implements Closeable {
    public static RecordLog create(Path file, StatsRecorder stats) {
        return new RecordLog(java.nio.file.Files.exists(file) ? StoreFile.openForWriting(file, stats) : StoreFile.create(file, stats));
    }
}
