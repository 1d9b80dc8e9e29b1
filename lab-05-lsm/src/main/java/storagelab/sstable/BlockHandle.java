package storagelab.sstable;

import storagelab.codec.ByteReader;
import storagelab.codec.ByteWriter;

/**
 * Where a block is in a table: two varints, {@code offset} and {@code sizeBytes}.
 *
 * @param offset of the block's first byte
 * @param sizeBytes of the block as it is stored, compressed or not, without the five bytes of its trailer
 */
public record BlockHandle(long offset, long sizeBytes) {
    /** The most bytes that a handle takes. */
    public static final int ENCODED_BYTES_MAX = 20;

    /** Reads a handle; {@link storagelab.codec.MalformedBytesException} if there is none. */
    static BlockHandle readFrom(ByteReader in) {
        return new BlockHandle(in.readVarint64(), in.readVarint64());
    }

    /** Appends the handle. */
    void writeTo(ByteWriter out) {
        out.putVarint64(offset).putVarint64(sizeBytes);
    }
}
