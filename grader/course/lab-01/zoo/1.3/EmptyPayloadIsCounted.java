// exercise: 1.3
// type: storagelab.sortedlog.RecordLog
// verdict: caught
// because: frames with an empty payload are counted, though they are not handed over
public final class RecordLog implements Closeable {
    public static Replayed replay(Path file, Consumer<Slice> sink) {
        try (StoreFile source = StoreFile.openForReading(file, new StatsRecorder())) {
            FileWindow window = new FileWindow(source);
            long records = 0;
            long offset = 0;
            Frame frame = frameAt(window, offset);
            while (frame != null) {
                if (!frame.payload.isEmpty()) {
                    sink.accept(frame.payload);
                }
                records++;
                offset += RecordLogLayout.frameBytes(frame.payload.length());
                frame = frameAt(window, offset);
            }
            checkNeverDurable(file, window, offset);
            return new Replayed(records, offset, window.sizeBytes() - offset);
        }
    }
}
