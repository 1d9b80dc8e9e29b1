// exercise: 5.3
// type: storagelab.log.LogWriter
// verdict: caught
// because: the checksum is one of the data alone: a type that changes makes another record of it, and nobody sees it
public final class LogWriter {
    private void chunk(int type, Slice data) {
        int head = framed.size();
        framed.putFixed32(0)
                .putByte(data.length())
                .putByte(data.length() >>> Byte.SIZE)
                .putByte(type)
                .putBytes(data);
        framed.putFixed32At(head, Crc32c.mask(framed.crc32c(head + HEAD_BYTES, framed.size())));
        blockOffset += HEAD_BYTES + data.length();
    }
}
