package storagelab.codec;

import java.util.Arrays;
import storagelab.api.Slice;

/**
 * A growing array of bytes with the encodings that the file formats share: fixed-width integers little-endian, and
 * varints (seven bits a byte, low group first, the high bit says that more follow: 300 is {@code ac 02}).
 *
 * <p>Concurrency: one thread.
 */
public final class ByteWriter {
    private byte[] bytes;
    private int size;

    /** An empty writer with room for {@code capacityBytes} before it first grows. */
    public ByteWriter(int capacityBytes) {
        if (capacityBytes < 0) {
            throw new IllegalArgumentException("negative capacity " + capacityBytes);
        }
        bytes = new byte[capacityBytes];
    }

    /** Number of bytes written so far. */
    public int size() {
        return size;
    }

    /** Forgets what was written and keeps the memory. */
    public void clear() {
        size = 0;
    }

    /** Appends the low eight bits of {@code value}. */
    public ByteWriter putByte(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
        return this;
    }

    /** Appends four bytes, the lowest first. */
    public ByteWriter putFixed32(int value) {
        reserve(Integer.BYTES);
        putFixed32At(size, value);
        size += Integer.BYTES;
        return this;
    }

    /** Appends eight bytes, the lowest first. */
    public ByteWriter putFixed64(long value) {
        return putFixed32((int) value).putFixed32((int) (value >>> 32));
    }

    /** Appends {@code value}, read as unsigned, in one to five bytes. */
    public ByteWriter putVarint32(int value) {
        return putVarint64(Integer.toUnsignedLong(value));
    }

    /** Appends {@code value}, read as unsigned, in one to ten bytes. */
    public ByteWriter putVarint64(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            putByte((int) rest | 0x80);
            rest >>>= 7;
        }
        return putByte((int) rest);
    }

    /** Appends the bytes of {@code slice}. */
    public ByteWriter putBytes(Slice slice) {
        reserve(slice.length());
        slice.copyTo(bytes, size);
        size += slice.length();
        return this;
    }

    /** Appends the length of {@code slice} as a varint, then its bytes. */
    public ByteWriter putLengthPrefixed(Slice slice) {
        return putVarint32(slice.length()).putBytes(slice);
    }

    /**
     * Overwrites the four bytes from {@code offset} on, lowest first; they must have been written or reserved.
     *
     * @throws IndexOutOfBoundsException if they are beyond the memory of this writer
     */
    public void putFixed32At(int offset, int value) {
        bytes[offset] = (byte) value;
        bytes[offset + 1] = (byte) (value >>> 8);
        bytes[offset + 2] = (byte) (value >>> 16);
        bytes[offset + 3] = (byte) (value >>> 24);
    }

    /** The CRC-32C of the bytes {@code [from, to)} written so far. */
    public int crc32c(int from, int to) {
        return Crc32c.of(bytes, from, to - from);
    }

    /** A copy of everything written. */
    public Slice toSlice() {
        return Slice.wrap(Arrays.copyOf(bytes, size));
    }

    /** Everything written, not copied: valid until the next call that writes or clears. */
    public Slice view() {
        return Slice.wrap(bytes, 0, size);
    }

    private void reserve(int count) {
        if (count > bytes.length - size) {
            int wanted = Math.addExact(size, count);
            bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(wanted, 2L * size + 16)));
        }
    }
}
