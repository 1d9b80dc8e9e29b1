// exercise: 1.3
// type: storagelab.sortedlog.RecordLog
// verdict: caught
// because: durable says how much was written, not how much was synced, so that every torn tail looks like damage
public final class RecordLog {
    public long append(Slice payload) {
        checkUsable();
        ByteWriter frame = new ByteWriter(Math.addExact(RecordLogLayout.HEADER_BYTES, payload.length()));
        frame.putFixed32(0).putFixed32(payload.length()).putFixed64(file.sizeBytes()).putBytes(payload);
        frame.putFixed32At(RecordLogLayout.CRC_OFFSET, frame.crc32c(RecordLogLayout.LENGTH_OFFSET, frame.size()));
        long offset = file.sizeBytes();
        try {
            file.append(frame.view());
        } catch (RuntimeException | Error e) {
            failure = e;
            throw e;
        }
        return offset;
    }
}
