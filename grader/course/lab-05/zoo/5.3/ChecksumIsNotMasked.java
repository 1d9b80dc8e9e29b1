// exercise: 5.3
// type: storagelab.log.LogWriter
// verdict: caught
// because: the checksum is stored as it was computed, and not masked
public final class LogWriter {
    private void chunk(int type, Slice data) {
        int head = framed.size();
        framed.putFixed32(0)
                .putByte(data.length())
                .putByte(data.length() >>> Byte.SIZE)
                .putByte(type)
                .putBytes(data);
        framed.putFixed32At(head, framed.crc32c(head + LogLayout.TYPE_OFFSET, framed.size()));
        blockOffset += HEAD_BYTES + data.length();
    }
}
