package storagelab.sstable;

/**
 * What follows each block in a file: the code of its {@link Compression}, and a checksum of the block as it is stored and
 * of that code, 4 bytes, little-endian, {@linkplain storagelab.codec.Crc32c#mask masked}.
 *
 * <p>Source: LevelDB, {@code table/format.h}.
 */
final class BlockTrailer {
    /** Bytes of a trailer. */
    static final int BYTES = 5;

    private BlockTrailer() {}
}
