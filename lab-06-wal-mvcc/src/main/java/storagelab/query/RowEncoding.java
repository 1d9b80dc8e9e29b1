package storagelab.query;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.codec.ByteReader;
import storagelab.codec.ByteWriter;
import storagelab.codec.MalformedBytesException;

/**
 * The columns of a row that are not in its key, as bytes. Nothing compares them, so that they may be short: small numbers take
 * one byte, and a null takes one bit.
 *
 * <table>
 * <caption>Format; integers are varints</caption>
 * <tr><th>size</th><th>field</th></tr>
 * <tr><td>1–5</td><td>n, the number of columns</td></tr>
 * <tr><td>⌈n / 8⌉</td><td>nulls: bit i mod 8 of byte i / 8, counted from the lowest, is 1 if column i is null. The bits after
 *     the last column are 0</td></tr>
 * <tr><td></td><td>the columns that are not null, one after the other</td></tr>
 * </table>
 *
 * <table>
 * <caption>What a column is</caption>
 * <tr><th>type</th><th>bytes</th></tr>
 * <tr><td>BOOLEAN</td><td>one: 0 or 1</td></tr>
 * <tr><td>INT, BIGINT</td><td>a varint of the zigzag form: 0, −1, 1, −2 … are 0, 1, 2, 3 …</td></tr>
 * <tr><td>DOUBLE</td><td>eight: the IEEE bits, the lowest byte first</td></tr>
 * <tr><td>TEXT, BYTES</td><td>the length, then the bytes</td></tr>
 * <tr><td>TIMESTAMP</td><td>the seconds since 1970 as a BIGINT, then the nanoseconds as a varint</td></tr>
 * </table>
 *
 * <p>Example: the columns name, population, elevation (nullable, and null here) and latitude of Paris, {@code ("Paris", 2138551,
 * null, 48.85341)}:
 *
 * <pre>
 *   04                       four columns
 *   04                       bit 2: elevation is null
 *   05 50 61 72 69 73        five bytes, P a r i s
 *   ee 86 85 02              2138551 in zigzag is 4277102
 *   28 0a f4 89 3c 6d 48 40  48.85341
 * </pre>
 *
 * <p>A relation may get new nullable columns at its end: a row that was written before has fewer columns, and the missing ones
 * are null. A row with more columns than the encoding knows is refused.
 *
 * <p>Cost: O(bytes of the row). {@link #column} reads one column without building the values of the others: it steps over
 * numbers byte by byte and over texts by their length.
 *
 * <p>Concurrency: immutable.
 */
public final class RowEncoding {
    private static final int CAPACITY_BYTES = 64;

    private final List<Column> columns;

    /** An encoding of these columns. */
    public RowEncoding(List<Column> columns) {
        this.columns = List.copyOf(columns);
    }

    /**
     * The bytes of a row.
     *
     * @throws IllegalArgumentException if a value does not fit its column, or their number is another one
     */
    public Slice encode(Row row) {
        if (row.size() != columns.size()) {
            throw new IllegalArgumentException(row.size() + " values for the columns " + columns);
        }
        ByteWriter out = new ByteWriter(CAPACITY_BYTES).putVarint32(columns.size());
        out.putBytes(nulls(row));
        for (int i = 0; i < columns.size(); i++) {
            Object value = row.get(i);
            columns.get(i).check(value);
            if (value != null) {
                put(columns.get(i).type(), value, out);
            }
        }
        return out.toSlice();
    }

    /**
     * The row of some bytes: {@code decode(encode(row))} equals {@code row}.
     *
     * @throws IllegalArgumentException if the bytes are not a row of these columns
     */
    public Row decode(Slice bytes) {
        List<@Nullable Object> values = new ArrayList<>(columns.size());
        try {
            RowReader in = new RowReader(bytes);
            for (int i = 0; i < columns.size(); i++) {
                values.add(in.isNull(i) ? null : in.read(columns.get(i).type()));
            }
            in.checkEnd();
        } catch (IllegalArgumentException | MalformedBytesException e) {
            throw refused(bytes, e);
        }
        return new Row(values);
    }

    /**
     * The value of one column, without those of the others.
     *
     * @param index of the column, counted from 0
     * @throws IllegalArgumentException if the bytes up to this column are not a row of these columns
     */
    public @Nullable Object column(Slice bytes, int index) {
        try {
            RowReader in = new RowReader(bytes);
            if (in.isNull(index)) {
                return null;
            }
            for (int i = 0; i < index; i++) {
                if (!in.isNull(i)) {
                    in.skip(columns.get(i).type());
                }
            }
            return in.read(columns.get(index).type());
        } catch (IllegalArgumentException | MalformedBytesException e) {
            throw refused(bytes, e);
        }
    }

    private IllegalArgumentException refused(Slice bytes, RuntimeException why) {
        return new IllegalArgumentException(
                bytes + " is not a row of the columns " + columns + ": " + why.getMessage(), why);
    }

    private Slice nulls(Row row) {
        byte[] nulls = new byte[bytesOfNulls(columns.size())];
        for (int i = 0; i < columns.size(); i++) {
            if (row.get(i) == null) {
                nulls[i / Byte.SIZE] |= (byte) (1 << i % Byte.SIZE);
            }
        }
        return Slice.wrap(nulls);
    }

    private static int bytesOfNulls(int count) {
        return (count + Byte.SIZE - 1) / Byte.SIZE;
    }

    private static void put(ColumnType type, Object value, ByteWriter out) {
        switch (type) {
            case BOOLEAN -> out.putByte((Boolean) value ? 1 : 0);
            case INT -> out.putVarint64(zigzag((Integer) value));
            case BIGINT -> out.putVarint64(zigzag((Long) value));
            case DOUBLE -> out.putFixed64(Double.doubleToLongBits((Double) value));
            case TEXT -> out.putLengthPrefixed(Utf8Text.encode((String) value));
            case BYTES -> out.putLengthPrefixed((Slice) value);
            case TIMESTAMP -> {
                Instant instant = (Instant) value;
                out.putVarint64(zigzag(instant.getEpochSecond())).putVarint32(instant.getNano());
            }
        }
    }

    private static long zigzag(long value) {
        return value << 1 ^ value >> (Long.SIZE - 1);
    }

    private static long unzigzag(long value) {
        return value >>> 1 ^ -(value & 1);
    }

    /** Goes through the columns of one row. */
    private final class RowReader {
        private final ByteReader in;
        private final int count;
        private final Slice nulls;

        RowReader(Slice bytes) {
            in = new ByteReader(bytes);
            count = in.readVarint32();
            if (count < 0 || count > columns.size()) {
                throw new IllegalArgumentException(
                        Integer.toUnsignedString(count) + " columns, which are more than the relation has");
            }
            nulls = in.readBytes(bytesOfNulls(count));
            int used = count % Byte.SIZE;
            if (used > 0 && (nulls.byteAt(nulls.length() - 1) & 0xff) >>> used != 0) {
                throw new IllegalArgumentException("a null after the last of " + count + " columns");
            }
        }

        void checkEnd() {
            if (in.remaining() > 0) {
                throw new IllegalArgumentException(in.remaining() + " bytes follow the last column");
            }
        }

        boolean isNull(int index) {
            boolean isNull = index >= count || (nulls.byteAt(index / Byte.SIZE) & 1 << index % Byte.SIZE) != 0;
            if (isNull) {
                columns.get(index).check(null);
            }
            return isNull;
        }

        Object read(ColumnType type) {
            return switch (type) {
                case BOOLEAN -> {
                    int value = in.readByte();
                    if (value > 1) {
                        throw new IllegalArgumentException("a boolean is 0 or 1, and not " + value);
                    }
                    yield value == 1;
                }
                case INT -> {
                    long value = unzigzag(in.readVarint64());
                    if (value != (int) value) {
                        throw new IllegalArgumentException(value + " does not fit 32 bits");
                    }
                    yield (int) value;
                }
                case BIGINT -> unzigzag(in.readVarint64());
                case DOUBLE -> Double.longBitsToDouble(in.readFixed64());
                case TEXT -> Utf8Text.decode(in.readLengthPrefixed());
                case BYTES -> in.readLengthPrefixed();
                case TIMESTAMP -> Timestamps.of(unzigzag(in.readVarint64()), in.readVarint32());
            };
        }

        void skip(ColumnType type) {
            switch (type) {
                case BOOLEAN -> in.readByte();
                case INT, BIGINT -> in.readVarint64();
                case DOUBLE -> in.readFixed64();
                case TEXT, BYTES -> in.readLengthPrefixed();
                case TIMESTAMP -> {
                    in.readVarint64();
                    in.readVarint32();
                }
            }
        }
    }
}
