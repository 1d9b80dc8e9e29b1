package storagelab.grader.serve;

import storagelab.api.Slice;
import storagelab.codec.ByteWriter;

/**
 * How a value and the time when it expires are stored together.
 *
 * <p>Format: a value that never expires is stored as it is. One that expires has 16 bytes before it: the byte 0, the seven letters
 * {@code expires}, and the milliseconds since 1970 as a big-endian number. A value that itself begins with those eight bytes has
 * them before it, too, with {@link #NEVER}.
 *
 * <p>So a value that was put with another program is read as it is, and one without an expiry is read by other programs.
 */
final class ExpiringValue {
    /** The time of a value that does not expire. */
    static final long NEVER = Long.MAX_VALUE;

    private static final Slice MARK = Slice.utf8("\0expires");
    private static final int HEAD_BYTES = MARK.length() + Long.BYTES;

    private ExpiringValue() {}

    /** What is stored for {@code value}. */
    static Slice encode(Slice value, long expiresAtMillis) {
        if (expiresAtMillis == NEVER && !value.startsWith(MARK)) {
            return value;
        }
        ByteWriter writer = new ByteWriter(HEAD_BYTES + value.length()).putBytes(MARK);
        for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            writer.putByte((int) (expiresAtMillis >>> shift) & 0xff);
        }
        return writer.putBytes(value).toSlice();
    }

    /** When {@code stored} expires, in milliseconds since 1970. */
    static long expiresAtMillis(Slice stored) {
        return hasHead(stored) ? stored.wordAt(MARK.length()) : NEVER;
    }

    /** The value in {@code stored}. */
    static Slice value(Slice stored) {
        return hasHead(stored) ? stored.subSlice(HEAD_BYTES, stored.length()) : stored;
    }

    private static boolean hasHead(Slice stored) {
        return stored.length() >= HEAD_BYTES && stored.byteAt(0) == 0 && stored.startsWith(MARK);
    }
}
