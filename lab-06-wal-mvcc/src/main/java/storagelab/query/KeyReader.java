package storagelab.query;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.codec.ByteReader;
import storagelab.codec.ByteWriter;
import storagelab.course.Solution;

/**
 * Reads the columns of a key, one after the other. Each method throws {@link IllegalArgumentException}, or the {@link
 * storagelab.codec.MalformedBytesException} of the reader below, at bytes that {@link KeyWriter} cannot have written.
 */
@Solution
final class KeyReader {
    private final ByteReader in;
    private int mask;

    KeyReader(Slice bytes) {
        in = new ByteReader(bytes);
    }

    /** Number of bytes not read yet. */
    int remaining() {
        return in.remaining();
    }

    /** The next bytes as they are; the inverse of {@link KeyWriter#putRaw}. */
    Slice readRaw(int length) {
        return in.readBytes(length);
    }

    /** The value of the next column. */
    @Nullable
    Object read(KeyColumn key) {
        mask = key.order().mask();
        if (key.column().nullable()) {
            int marker = readByte();
            if (marker == KeyWriter.NULL) {
                return null;
            }
            check(marker == KeyWriter.NOT_NULL, "the marker of a null is 0 or 1, and not " + marker);
        }
        return readValue(key.column().type());
    }

    private Object readValue(ColumnType type) {
        return switch (type) {
            case BOOLEAN -> {
                int value = readByte();
                check(value <= 1, "a boolean is 0 or 1, and not " + value);
                yield value == 1;
            }
            case INT -> (int) readBigEndian(Integer.BYTES) ^ Integer.MIN_VALUE;
            case BIGINT -> readBigEndian(Long.BYTES) ^ Long.MIN_VALUE;
            case DOUBLE -> readDouble();
            case TIMESTAMP -> readInstant();
            case TEXT -> Utf8Text.decode(readEscaped());
            case BYTES -> readEscaped();
        };
    }

    private double readDouble() {
        long sortable = readBigEndian(Long.BYTES);
        long bits = sortable ^ (~sortable >> (Long.SIZE - 1) | Long.MIN_VALUE);
        double value = Double.longBitsToDouble(bits);
        check(Double.doubleToLongBits(value) == bits, "a NaN has only one form, and not 0x" + Long.toHexString(bits));
        return value;
    }

    private Instant readInstant() {
        long seconds = readBigEndian(Long.BYTES) ^ Long.MIN_VALUE;
        return Timestamps.of(seconds, readBigEndian(Integer.BYTES));
    }

    private Slice readEscaped() {
        ByteWriter bytes = new ByteWriter(Math.min(remaining(), 64));
        while (true) {
            int next = readByte();
            if (next == KeyWriter.ESCAPE) {
                int after = readByte();
                if (after == KeyWriter.END) {
                    return bytes.toSlice();
                }
                check(after == KeyWriter.ZERO, "after a zero in a text comes 00 or ff, and not " + after);
            }
            bytes.putByte(next);
        }
    }

    private long readBigEndian(int bytes) {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value = value << Byte.SIZE | readByte();
        }
        return value;
    }

    private int readByte() {
        return in.readByte() ^ mask;
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
