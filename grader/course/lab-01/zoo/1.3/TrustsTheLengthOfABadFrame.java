// exercise: 1.3
// type: storagelab.sortedlog.RecordLog
// verdict: caught
// because: the length in a frame whose checksum is wrong is used to find the next one, but it may be what was damaged
public final class RecordLog {
    private static void checkNeverDurable(Path path, FileWindow file, long bad) {
        long offset = bad;
        while (offset + RecordLogLayout.HEADER_BYTES <= file.sizeBytes()) {
            ByteReader header = new ByteReader(file.slice(offset, RecordLogLayout.HEADER_BYTES));
            header.readFixed32();
            int length = header.readFixed32();
            long durable = header.readFixed64();
            if (length < 0) {
                return;
            }
            if (offset > bad && durable > bad && frameAt(file, offset) != null) {
                throw new CorruptionException(path, bad, "a record", "bytes that do not match their checksum");
            }
            offset += RecordLogLayout.frameBytes(length);
        }
    }
}
