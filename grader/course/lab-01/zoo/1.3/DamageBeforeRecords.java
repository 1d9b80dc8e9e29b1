// exercise: 1.3
// type: storagelab.sortedlog.RecordLog
// verdict: caught
// because: the log is searched for damage before any record is handed over
public final class RecordLog implements Closeable {
    public static Replayed replay(Path file, Consumer<Slice> sink) {
        try (StoreFile source = StoreFile.openForReading(file, new StatsRecorder())) {
            FileWindow window = new FileWindow(source);
            long records = 0;
            java.util.List<Slice> kept = new java.util.ArrayList<>();
            long offset = 0;
            Frame frame = frameAt(window, offset);
            while (frame != null) {
                kept.add(frame.payload);
                offset += RecordLogLayout.frameBytes(frame.payload.length());
                frame = frameAt(window, offset);
            }
            checkNeverDurable(file, window, offset);
            for (Slice payload : kept) {
                if (!payload.isEmpty()) {
                    sink.accept(payload);
                    records++;
                }
            }
            return new Replayed(records, offset, window.sizeBytes() - offset);
        }
    }
}
