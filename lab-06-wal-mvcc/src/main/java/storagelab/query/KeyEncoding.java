package storagelab.query;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.codec.MalformedBytesException;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.course.Given;
import storagelab.query.ValueRange.Bound;

/**
 * Keys of rows, whose bytes have the order of the rows. A store knows one order, that of unsigned bytes. An index is sorted by
 * columns: by country, then the largest city first. This encoding turns the values of such columns into bytes so that for any
 * two rows, {@code encode(a).compareTo(encode(b))} has the sign of the comparison of a and b: column after column, each as its
 * {@link ColumnType} says, and the other way round where it is {@link SortOrder#DESCENDING}.
 *
 * <p>Format: the prefix of the encoding, then the columns, one after the other:
 *
 * <table>
 * <caption>What an ascending column is</caption>
 * <tr><th>type</th><th>bytes</th></tr>
 * <tr><td>BOOLEAN</td><td>one: 0 or 1</td></tr>
 * <tr><td>INT, BIGINT</td><td>four or eight, the highest first, the sign bit flipped: −1 is {@code 7f ff ff ff}, 0 is
 *     {@code 80 00 00 00}</td></tr>
 * <tr><td>DOUBLE</td><td>eight: the IEEE bits, the highest first. Of a number with the sign 0 the sign bit is flipped; of one
 *     with the sign 1 all bits are, since the greater of two negative numbers has the smaller bits. Every NaN is written as
 *     {@code ff f8 00 00 00 00 00 00}</td></tr>
 * <tr><td>TIMESTAMP</td><td>the seconds since 1970 as a BIGINT, then the nanoseconds in four bytes, the highest first</td></tr>
 * <tr><td>BYTES</td><td>the bytes, each {@code 00} as {@code 00 ff}; then {@code 00 00}</td></tr>
 * <tr><td>TEXT</td><td>the UTF-8 bytes, in the same way</td></tr>
 * </table>
 *
 * <p>A nullable column has one byte more, in front: {@code 00} for null, after which nothing follows, or {@code 01}. Of a
 * descending column every byte is complemented, this one included; so nulls are first where the column ascends and last where
 * it descends.
 *
 * <p>No encoding of a value begins another one of the same column. Without the end {@code 00 00}, the rows {@code ("a", "bc")}
 * and {@code ("ab", "c")} would have the same key; with the end, {@code "a"} is {@code 61 00 00} and comes before {@code "a\0"},
 * {@code 61 00 ff 00 00}, and before {@code "ab"}, whichever columns follow.
 *
 * <p>Example: cities by country and descending population, with the id at the end to tell equal ones apart. Paris, {@code
 * ("FR", 2138551, 2988507)}:
 *
 * <pre>
 *   46 52 00 00              F R, end
 *   7f df 5e 48              2138551 is 0x0020a1b7; the sign bit flipped 80 20 a1 b7; complemented
 *   80 00 00 00 00 2d 99 db  2988507 is 0x2d99db; the sign bit flipped
 * </pre>
 *
 * <p>Ranges: {@code prefix(("FR"))} is all cities of France, {@code [46 52 00 00, 46 52 00 01)}. {@code range(("FR"),
 * atLeast(1000000))} is its cities of a million or more: they come first, so the range is {@code [46 52 00 00, 46 52 00 00 7f f0
 * bd c0)}, where {@code 7f f0 bd c0} is the number after the encoding of 1000000.
 *
 * <p>Cost: encoding and decoding O(bytes of the key). More examples are in {@code notes/formats/row-keys.md}. {@link Utf8Text} and
 * {@link Timestamps} are given.
 *
 * <p>Concurrency: immutable.
 */
@Exercise(
        id = "6.12",
        title = "Keys in the order of rows, and secondary indexes",
        points = 8,
        difficulty = Difficulty.HARD,
        hours = 7)
public final class KeyEncoding {
    @Given
    private final Slice prefix;

    @Given
    private final List<KeyColumn> columns;

    /**
     * An encoding of these columns.
     *
     * @param prefix what every key begins with, which tells the keys of one index from all others in a store
     * @param columns in the order of the key
     */
    @Given
    public KeyEncoding(Slice prefix, List<KeyColumn> columns) {
        this.prefix = prefix;
        this.columns = List.copyOf(columns);
    }

    /** An encoding of columns that all ascend, without a prefix. */
    @Given
    public static KeyEncoding ascending(List<Column> columns) {
        return new KeyEncoding(
                Slice.EMPTY, columns.stream().map(KeyColumn::ascending).toList());
    }

    /** The columns, in the order of the key. */
    @Given
    public List<KeyColumn> columns() {
        return columns;
    }

    /**
     * The key of a row.
     *
     * @param row a value for each column
     * @throws IllegalArgumentException if a value does not fit its column, or their number is another one
     */
    public Slice encode(Row row) {
        if (row.size() != columns.size()) {
            throw new IllegalArgumentException(row.size() + " values for a key of the columns " + columns);
        }
        return write(row).toSlice();
    }

    /**
     * The row of a key: {@code decode(encode(row))} equals {@code row}.
     *
     * @throws IllegalArgumentException if {@code encode} cannot have returned {@code key}: the prefix is another one, bytes are
     *     missing or left, or a column has bytes that no value has, such as a boolean of 2 or another NaN. The message says that
     *     they are not a key of these columns, and names the column
     */
    public Row decode(Slice key) {
        KeyReader in = new KeyReader(key);
        List<@Nullable Object> values = new ArrayList<>(columns.size());
        try {
            if (!in.readRaw(prefix.length()).equals(prefix)) {
                throw new IllegalArgumentException("the prefix is not " + prefix);
            }
            for (KeyColumn column : columns) {
                values.add(in.read(column));
            }
            if (in.remaining() > 0) {
                throw new IllegalArgumentException(in.remaining() + " bytes follow the last column");
            }
        } catch (IllegalArgumentException | MalformedBytesException e) {
            String where =
                    values.size() < columns.size() ? columns.get(values.size()).toString() : "its end";
            throw new IllegalArgumentException(
                    key + " is not a key of the columns " + columns + ": at " + where + ", " + e.getMessage(), e);
        }
        return new Row(values);
    }

    /**
     * The keys of all rows whose first columns have these values. Null stands for null: {@code prefix(("FR", null))} is {@code
     * country = 'FR' AND population IS NULL}. No values at all give the keys of all rows.
     *
     * @param first a value for each of the first columns
     * @throws IllegalArgumentException if a value does not fit its column, or there are more values than columns
     */
    public KeyRange prefix(Row first) {
        return KeyRange.prefix(write(first).toSlice());
    }

    /**
     * The keys of all rows whose first columns have these values, and whose next column has a value in a range. Rows with null
     * in that column are in none. A range of values that ends before it begins gives an empty range of keys.
     *
     * @param first a value for each of the first columns, but not for all columns
     * @param next which values the column after them may have
     * @throws IllegalArgumentException if a value does not fit its column, or no column is left for the range
     */
    public KeyRange range(Row first, ValueRange next) {
        if (first.size() >= columns.size()) {
            throw new IllegalArgumentException(
                    first.size() + " values and a range for a key of the columns " + columns);
        }
        KeyColumn column = columns.get(first.size());
        Slice common = write(first).putMarker(column).toSlice();
        boolean ascends = column.order() == SortOrder.ASCENDING;
        Bound begin = ascends ? next.lower() : next.upper();
        Bound end = ascends ? next.upper() : next.lower();
        KeyRange all = KeyRange.prefix(common);
        @Nullable Slice from = all.from();
        if (begin != null) {
            KeyRange equal = equal(first, begin);
            from = begin.inclusive() ? equal.from() : equal.to();
        }
        @Nullable Slice to = all.to();
        if (end != null) {
            KeyRange equal = equal(first, end);
            to = end.inclusive() ? equal.to() : equal.from();
        }
        if (from == null || (to != null && from.compareTo(to) > 0)) {
            return KeyRange.of(common, common); // null: no key is greater than those of the bound
        }
        return new KeyRange(from, to);
    }

    /** The keys of the rows that have exactly this value in the next column. */
    private KeyRange equal(Row first, Bound bound) {
        return KeyRange.prefix(
                write(first).put(columns.get(first.size()), bound.value()).toSlice());
    }

    private KeyWriter write(Row first) {
        if (first.size() > columns.size()) {
            throw new IllegalArgumentException(first.size() + " values for a key of the columns " + columns);
        }
        KeyWriter out = new KeyWriter().putRaw(prefix);
        for (int i = 0; i < first.size(); i++) {
            out.put(columns.get(i), first.get(i));
        }
        return out;
    }

    @Given
    @Override
    public String toString() {
        return "a key of the columns " + columns;
    }
}
