package storagelab.codec;

import storagelab.api.Slice;

/**
 * Reads what {@link ByteWriter} wrote, from the front.
 *
 * <p>Every method throws {@link MalformedBytesException} when the bytes end too early or cannot be what was asked for;
 * the caller, who knows the file and the offset, turns it into a {@link storagelab.api.CorruptionException}.
 *
 * <p>Concurrency: one thread.
 */
public final class ByteReader {
    private final Slice bytes;
    private int position;

    /** A reader at the first byte of {@code bytes}. */
    public ByteReader(Slice bytes) {
        this.bytes = bytes;
    }

    /** Where the next read begins, in bytes from the front. */
    public int position() {
        return position;
    }

    /** Number of bytes not read yet. */
    public int remaining() {
        return bytes.length() - position;
    }

    /** The next byte, 0 to 255. */
    public int readByte() {
        need(1);
        return bytes.byteAt(position++) & 0xff;
    }

    /** The next four bytes, lowest first. */
    public int readFixed32() {
        need(Integer.BYTES);
        return readByte() | readByte() << 8 | readByte() << 16 | readByte() << 24;
    }

    /** The next eight bytes, lowest first. */
    public long readFixed64() {
        return Integer.toUnsignedLong(readFixed32()) | (long) readFixed32() << 32;
    }

    /** A varint that fits 32 bits. */
    public int readVarint32() {
        long value = readVarint64();
        if (value >>> 32 != 0) {
            throw new MalformedBytesException("a varint of more than 32 bits before byte " + position);
        }
        return (int) value;
    }

    /** A varint of up to 64 bits. */
    public long readVarint64() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int next = readByte();
            value |= (long) (next & 0x7f) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new MalformedBytesException("a varint of more than ten bytes before byte " + position);
    }

    /** The next {@code length} bytes, not copied. */
    public Slice readBytes(int length) {
        need(length);
        position += length;
        return bytes.subSlice(position - length, position);
    }

    /** A varint length and that many bytes, not copied. */
    public Slice readLengthPrefixed() {
        return readBytes(readVarint32());
    }

    private void need(int count) {
        if (count < 0 || count > remaining()) {
            throw new MalformedBytesException(
                    Integer.toUnsignedString(count) + " bytes wanted at byte " + position + " of " + bytes.length());
        }
    }
}
