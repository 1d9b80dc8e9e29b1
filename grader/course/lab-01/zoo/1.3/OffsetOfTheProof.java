// exercise: 1.3
// type: storagelab.sortedlog.RecordLog
// verdict: caught
// because: the exception names the frame that proves the damage and not the damaged one
public final class RecordLog implements Closeable {
    private static void checkNeverDurable(Path path, FileWindow file, long bad) {
        long lastOffset = file.sizeBytes() - RecordLogLayout.HEADER_BYTES;
        for (long offset = bad + 1; offset <= lastOffset; offset++) {
            Slice header = file.slice(offset, RecordLogLayout.HEADER_BYTES);
            long durable =
                    new ByteReader(header.subSlice(RecordLogLayout.DURABLE_OFFSET, header.length())).readFixed64();
            if (durable > bad && durable <= offset && frameAt(file, offset) != null) {
                throw new CorruptionException(
                        path,
                        offset,
                        "a record, because the one at byte " + offset + " says that " + durable + " bytes were on disk",
                        "bytes that do not match their checksum");
            }
        }
    }
}
