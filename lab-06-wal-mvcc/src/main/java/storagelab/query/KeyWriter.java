package storagelab.query;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.codec.ByteWriter;
import storagelab.course.Solution;

/** Writes the columns of a key, one after the other, as {@link KeyEncoding} says. */
@Solution
final class KeyWriter {
    /** The marker of a null. */
    static final int NULL = 0x00;

    /** The marker before a value of a nullable column. */
    static final int NOT_NULL = 0x01;

    /** Begins the end of a text, or stands for a zero in it. */
    static final int ESCAPE = 0x00;

    /** After {@link #ESCAPE}: the text ends. */
    static final int END = 0x00;

    /** After {@link #ESCAPE}: a zero byte of the text. */
    static final int ZERO = 0xff;

    private static final int CAPACITY_BYTES = 64;

    private final ByteWriter out = new ByteWriter(CAPACITY_BYTES);
    private int mask;

    /** Writes bytes as they are. */
    KeyWriter putRaw(Slice bytes) {
        out.putBytes(bytes);
        return this;
    }

    /** Writes the marker, if the column is nullable, and the value. */
    KeyWriter put(KeyColumn key, @Nullable Object value) {
        key.column().check(value);
        if (value == null) {
            mask = key.order().mask();
            putByte(NULL);
        } else {
            putMarker(key);
            putValue(key.column().type(), value);
        }
        return this;
    }

    /** Writes what stands before every value of the column that is not null. */
    KeyWriter putMarker(KeyColumn key) {
        mask = key.order().mask();
        if (key.column().nullable()) {
            putByte(NOT_NULL);
        }
        return this;
    }

    /** A copy of what was written. */
    Slice toSlice() {
        return out.toSlice();
    }

    private void putValue(ColumnType type, Object value) {
        switch (type) {
            case BOOLEAN -> putByte((Boolean) value ? 1 : 0);
            case INT -> putBigEndian((Integer) value ^ Integer.MIN_VALUE, Integer.BYTES);
            case BIGINT -> putBigEndian((Long) value ^ Long.MIN_VALUE, Long.BYTES);
            case DOUBLE -> {
                long bits = Double.doubleToLongBits((Double) value); // one NaN
                putBigEndian(bits ^ (bits >> (Long.SIZE - 1) | Long.MIN_VALUE), Long.BYTES);
            }
            case TIMESTAMP -> {
                Instant instant = (Instant) value;
                putBigEndian(instant.getEpochSecond() ^ Long.MIN_VALUE, Long.BYTES);
                putBigEndian(instant.getNano(), Integer.BYTES);
            }
            case TEXT -> putEscaped(Utf8Text.encode((String) value));
            case BYTES -> putEscaped((Slice) value);
        }
    }

    private void putEscaped(Slice bytes) {
        for (int i = 0; i < bytes.length(); i++) {
            int next = bytes.byteAt(i) & 0xff;
            putByte(next);
            if (next == ESCAPE) {
                putByte(ZERO);
            }
        }
        putByte(ESCAPE);
        putByte(END);
    }

    private void putBigEndian(long value, int bytes) {
        for (int shift = (bytes - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            putByte((int) (value >>> shift));
        }
    }

    private void putByte(int value) {
        out.putByte(value ^ mask);
    }
}
