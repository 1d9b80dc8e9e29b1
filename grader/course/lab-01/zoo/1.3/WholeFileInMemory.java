// exercise: 1.3
// type: storagelab.sortedlog.RecordLog
// verdict: caught
// because: the whole file is read into memory with one call
public final class RecordLog implements Closeable {
    public static Replayed replay(Path file, Consumer<Slice> sink) {
        try (StoreFile source = StoreFile.openForReading(file, new StatsRecorder())) {
            Slice all = Slice.wrap(source.read(0, Math.toIntExact(source.sizeBytes())));
            long records = 0;
            int offset = 0;
            while (all.length() - offset >= RecordLogLayout.HEADER_BYTES) {
                ByteReader header = new ByteReader(all.subSlice(offset + RecordLogLayout.LENGTH_OFFSET, all.length()));
                long end = offset + RecordLogLayout.frameBytes(header.readFixed32());
                if (end > all.length()) {
                    break;
                }
                Slice payload = all.subSlice(offset + RecordLogLayout.HEADER_BYTES, (int) end);
                if (!payload.isEmpty()) {
                    sink.accept(payload);
                    records++;
                }
                offset = (int) end;
            }
            return new Replayed(records, offset, all.length() - offset);
        }
    }
}
