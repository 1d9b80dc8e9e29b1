package storagelab.codec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds the one bit that has flipped since a checksum was made, for a repair.
 *
 * <p>The checksum of bytes with one flipped bit differs from that of the bytes as they were by a number that depends on the
 * place of the bit alone, and no two places have the same. So the place can be computed from the two checksums. Going back
 * from the end, byte by byte, takes back what each byte has done to the difference, until what is left is the difference that
 * a single bit makes.
 *
 * <p>Of bytes that are damaged in any other way, one in 2^32 / 8 n is taken for such, with n bytes: of blocks of 4 KiB one in
 * 130,000.
 *
 * <p>Cost: O(n). Concurrency: safe for many threads. The checksum is {@link Crc32c}.
 */
public final class FlippedBit {
    private static final int POLYNOMIAL = 0x82f63b78;
    private static final int[] STEP = new int[256]; // what a byte does to the register
    private static final int[] BYTE_OF = new int[256]; // whose step has this first byte

    static {
        for (int value = 0; value < STEP.length; value++) {
            int register = value;
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                register = (register & 1) == 0 ? register >>> 1 : register >>> 1 ^ POLYNOMIAL;
            }
            STEP[value] = register;
            BYTE_OF[register >>> 24] = value;
        }
    }

    private FlippedBit() {}

    /** The register of a checksum after one more byte. A checksum begins with -1, and is the register inverted. */
    public static int step(int register, byte value) {
        return STEP[(register ^ value) & 0xff] ^ register >>> Byte.SIZE;
    }

    /**
     * The bytes as they were when the checksum was made, if one flipped bit, in them or in the checksum, explains the
     * difference; null if it does not.
     *
     * @param bytes are not changed
     * @param stored the checksum, {@linkplain Crc32c#mask masked}
     * @param actual the checksum that the bytes have, not masked
     */
    public static byte @Nullable [] mended(byte[] bytes, int stored, int actual) {
        if (Integer.bitCount(stored ^ Crc32c.mask(actual)) <= 1) {
            return bytes;
        }
        int difference = Crc32c.unmask(stored) ^ actual;
        for (int at = bytes.length - 1; at >= 0; at--) {
            int flipped = BYTE_OF[difference >>> 24];
            if (STEP[flipped] == difference && Integer.bitCount(flipped) == 1) {
                byte[] mended = Arrays.copyOf(bytes, bytes.length);
                mended[at] ^= (byte) flipped;
                return mended;
            }
            difference = (difference ^ STEP[flipped]) << Byte.SIZE | flipped;
        }
        return null;
    }
}
