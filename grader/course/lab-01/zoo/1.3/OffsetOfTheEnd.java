// exercise: 1.3
// type: storagelab.sortedlog.RecordLog
// verdict: caught
// because: an append returns where the frame ends
public final class RecordLog implements Closeable {
    public long append(Slice payload) {
        checkUsable();
        ByteWriter frame = new ByteWriter(Math.addExact(RecordLogLayout.HEADER_BYTES, payload.length()));
        frame.putFixed32(0)
                .putFixed32(payload.length())
                .putFixed64(durableBytes)
                .putBytes(payload);
        frame.putFixed32At(RecordLogLayout.CRC_OFFSET, frame.crc32c(RecordLogLayout.LENGTH_OFFSET, frame.size()));
        long offset = file.sizeBytes();
        try {
            file.append(frame.view());
        } catch (RuntimeException | Error e) {
            failure = e;
            throw e;
        }
        return file.sizeBytes();
    }
}
