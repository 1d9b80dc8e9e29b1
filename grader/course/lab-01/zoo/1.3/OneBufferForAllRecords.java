// exercise: 1.3
// type: storagelab.sortedlog.RecordLog
// verdict: caught
// because: each payload is handed over in the same buffer, which the next one overwrites
public final class RecordLog implements Closeable {
    public static Replayed replay(Path file, Consumer<Slice> sink) {
        try (StoreFile source = StoreFile.openForReading(file, new StatsRecorder())) {
            FileWindow window = new FileWindow(source);
            long records = 0;
            long offset = 0;
            byte[] buffer = new byte[1 << 20];
            Frame frame = frameAt(window, offset);
            while (frame != null) {
                if (!frame.payload.isEmpty()) {
                    byte[] payload = frame.payload.toByteArray();
                    System.arraycopy(payload, 0, buffer, 0, payload.length);
                    sink.accept(Slice.wrap(buffer, 0, payload.length));
                    records++;
                }
                offset += RecordLogLayout.frameBytes(frame.payload.length());
                frame = frameAt(window, offset);
            }
            checkNeverDurable(file, window, offset);
            return new Replayed(records, offset, window.sizeBytes() - offset);
        }
    }
}
