package storagelab.codec;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The checksum of every file format here: CRC-32C (Castagnoli), which catches every burst of up to 32 damaged bits and
 * which processors compute in hardware. {@code of("123456789") = 0xe3069283}.
 */
public final class Crc32c {
    private static final int MASK_DELTA = 0xa282ead8;
    private static final int MASK_ROTATION = 15;

    private Crc32c() {}

    /** The checksum of {@code length} bytes of {@code bytes} from {@code offset}. */
    public static int of(byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }

    /** The checksum of all of {@code bytes}. */
    public static int of(byte[] bytes) {
        return of(bytes, 0, bytes.length);
    }

    /** The checksum of the remaining bytes of {@code buffer}, whose position stays where it is. */
    public static int of(ByteBuffer buffer) {
        CRC32C crc = new CRC32C();
        crc.update(buffer.duplicate());
        return (int) crc.getValue();
    }

    /**
     * The form of a checksum that LevelDB's formats store next to the bytes it was computed of. A checksum over bytes that
     * contain checksums detects less than it should; masking, a rotation and an addition, makes it a different number.
     *
     * <p>Source: LevelDB, {@code util/crc32c.h}.
     */
    public static int mask(int crc) {
        return Integer.rotateRight(crc, MASK_ROTATION) + MASK_DELTA;
    }

    /** The inverse of {@link #mask}. */
    public static int unmask(int masked) {
        return Integer.rotateLeft(masked - MASK_DELTA, MASK_ROTATION);
    }
}
