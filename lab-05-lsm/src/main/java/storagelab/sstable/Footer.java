package storagelab.sstable;

import storagelab.api.Slice;
import storagelab.codec.ByteReader;
import storagelab.codec.ByteWriter;

/**
 * The last 48 bytes of a table, where reading begins: the handles of the metaindex and of the index, zeros up to byte
 * 40, and a magic number, {@code 57 fb 80 8b 24 75 47 db}.
 *
 * @param metaindex where the block is that names the others besides data and index, such as filters
 * @param index where the block is that says which data block has a key
 */
public record Footer(BlockHandle metaindex, BlockHandle index) {
    /** Bytes of a footer. */
    public static final int BYTES = 48;

    private static final long MAGIC = 0xdb4775248b80fb57L;

    /** The 48 bytes. */
    public Slice encode() {
        ByteWriter out = new ByteWriter(BYTES);
        metaindex.writeTo(out);
        index.writeTo(out);
        while (out.size() < 2 * BlockHandle.ENCODED_BYTES_MAX) {
            out.putByte(0);
        }
        return out.putFixed64(MAGIC).toSlice();
    }

    /**
     * Reads a footer.
     *
     * @throws IllegalArgumentException if the bytes are not 48, do not end with the magic number, or the handles make
     *     no sense; the message says what was expected
     */
    public static Footer decode(Slice bytes) {
        if (bytes.length() != BYTES) {
            throw new IllegalArgumentException("a footer of " + BYTES + " bytes, not " + bytes.length());
        }
        long magic = new ByteReader(bytes.subSlice(BYTES - Long.BYTES, BYTES)).readFixed64();
        if (magic != MAGIC) {
            throw new IllegalArgumentException("the magic number %016x of a table, not %016x".formatted(MAGIC, magic));
        }
        ByteReader in = new ByteReader(bytes);
        return new Footer(BlockHandle.readFrom(in), BlockHandle.readFrom(in));
    }
}
