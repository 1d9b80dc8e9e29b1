package storagelab.table;

/**
 * What stands behind each block in a file: the code of its {@link Compression}, and a checksum of the block as it is
 * stored and of that code, 4 bytes, little-endian, <em>masked</em>. A checksum over bytes that have checksums in them
 * says less than it should; masking, a rotation and an addition, makes it another number.
 *
 * <p>Source: LevelDB, {@code table/format.h} and {@code util/crc32c.h}.
 */
public final class BlockTrailer {
    /** Bytes of a trailer. */
    public static final int BYTES = 5;

    private static final int MASK_DELTA = 0xa282ead8;
    private static final int MASK_ROTATION = 15;

    private BlockTrailer() {}

    /** Makes a checksum one that may be stored beside what it was computed of. */
    public static int mask(int crc) {
        return Integer.rotateRight(crc, MASK_ROTATION) + MASK_DELTA;
    }

    /** Takes {@link #mask} back. */
    public static int unmask(int masked) {
        return Integer.rotateLeft(masked - MASK_DELTA, MASK_ROTATION);
    }
}
