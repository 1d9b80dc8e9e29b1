package storagelab.kv;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import storagelab.api.CorruptionException;
import storagelab.api.Slice;
import storagelab.codec.ByteReader;
import storagelab.codec.ByteWriter;

/**
 * A value, and the moment at which it expires, if it does.
 *
 * <table>
 * <caption>Its bytes in the store; integers are little-endian</caption>
 * <tr><th>offset</th><th>size</th><th>field</th></tr>
 * <tr><td>0</td><td>1</td><td>kind: 0 never expires, 1 expires</td></tr>
 * <tr><td>1</td><td>8</td><td>of kind 1: the expiry, in milliseconds since 1970</td></tr>
 * <tr><td>1 or 9</td><td>n</td><td>the value</td></tr>
 * </table>
 *
 * <p>Example: {@code "red"} without an expiry is {@code 00 72 65 64}; with the expiry 1970-01-01T00:00:01Z it is {@code 01 e8 03 00
 * 00 00 00 00 00 72 65 64}.
 *
 * @param value that was put
 * @param expiry from which on it is not there; rounded down to milliseconds. Nothing if it never expires
 */
public record ExpiringValue(Slice value, Optional<Instant> expiry) {
    private static final byte PLAIN = 0;
    private static final byte EXPIRING = 1;
    private static final int HEAD_BYTES = 1 + Long.BYTES;

    /** A value that never expires. */
    static ExpiringValue lasting(Slice value) {
        return new ExpiringValue(value, Optional.empty());
    }

    /** The bytes in the store. */
    public Slice encode() {
        ByteWriter out = new ByteWriter(HEAD_BYTES + value.length());
        if (expiry.isPresent()) {
            out.putByte(EXPIRING).putFixed64(expiry.get().toEpochMilli());
        } else {
            out.putByte(PLAIN);
        }
        return out.putBytes(value).toSlice();
    }

    /**
     * Reads the bytes of a value.
     *
     * @param store which has it, for the error
     * @throws CorruptionException if this program does not know the kind
     */
    static ExpiringValue decode(Slice stored, Path store) {
        if (stored.length() >= 1 && stored.byteAt(0) == PLAIN) {
            return lasting(stored.subSlice(1, stored.length()));
        }
        if (stored.length() >= HEAD_BYTES && stored.byteAt(0) == EXPIRING) {
            return new ExpiringValue(
                    stored.subSlice(HEAD_BYTES, stored.length()), Optional.of(Instant.ofEpochMilli(millis(stored))));
        }
        throw CorruptionException.unknownFormat(
                store, 0, "a value of " + stored.length() + " bytes begins with no kind that this program knows");
    }

    /** When the value with these bytes expires, in milliseconds since 1970; {@link Long#MAX_VALUE} if never. */
    public static long expiryMillis(Slice stored) {
        return stored.length() >= HEAD_BYTES && stored.byteAt(0) == EXPIRING ? millis(stored) : Long.MAX_VALUE;
    }

    /** The value that these bytes of a known kind are. */
    public static Slice withoutHead(Slice stored) {
        return stored.subSlice(stored.byteAt(0) == EXPIRING ? HEAD_BYTES : 1, stored.length());
    }

    private static long millis(Slice stored) {
        return new ByteReader(stored.subSlice(1, HEAD_BYTES)).readFixed64();
    }

    /** Whether the value is there at {@code now}: until its expiry, and not at it. */
    boolean isThereAt(Instant now) {
        return expiry.isEmpty() || now.isBefore(expiry.get());
    }
}
