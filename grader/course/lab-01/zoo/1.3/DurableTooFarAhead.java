// exercise: 1.3
// type: storagelab.sortedlog.RecordLog
// verdict: caught
// because: it is not checked that durable is at most the offset of its own frame
public final class RecordLog implements Closeable {
    private static void checkNeverDurable(Path path, FileWindow file, long bad) {
        long lastOffset = file.sizeBytes() - RecordLogLayout.HEADER_BYTES;
        for (long offset = bad + 1; offset <= lastOffset; offset++) {
            Slice header = file.slice(offset, RecordLogLayout.HEADER_BYTES);
            long durable =
                    new ByteReader(header.subSlice(RecordLogLayout.DURABLE_OFFSET, header.length())).readFixed64();
            if (durable > bad && frameAt(file, offset) != null) {
                throw new CorruptionException(
                        path,
                        bad,
                        "a record, because the one at byte " + offset + " says that " + durable + " bytes were on disk",
                        "bytes that do not match their checksum");
            }
        }
    }
}
