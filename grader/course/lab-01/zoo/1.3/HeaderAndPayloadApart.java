// exercise: 1.3
// type: storagelab.sortedlog.RecordLog
// verdict: caught
// because: header and payload are two writes, which doubles the calls and lets a killed process leave half a record
public final class RecordLog {
    public long append(Slice payload) {
        checkUsable();
        ByteWriter frame = new ByteWriter(Math.addExact(RecordLogLayout.HEADER_BYTES, payload.length()));
        frame.putFixed32(0).putFixed32(payload.length()).putFixed64(durableBytes).putBytes(payload);
        frame.putFixed32At(RecordLogLayout.CRC_OFFSET, frame.crc32c(RecordLogLayout.LENGTH_OFFSET, frame.size()));
        long offset = file.sizeBytes();
        try {
            file.append(frame.view().subSlice(0, RecordLogLayout.HEADER_BYTES));
            file.append(payload);
        } catch (RuntimeException | Error e) {
            failure = e;
            throw e;
        }
        return offset;
    }
}
