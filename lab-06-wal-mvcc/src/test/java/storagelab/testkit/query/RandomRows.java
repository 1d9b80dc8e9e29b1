package storagelab.testkit.query;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.query.Column;
import storagelab.query.ColumnType;
import storagelab.query.KeyColumn;
import storagelab.query.Row;
import storagelab.query.SortOrder;

/** Random columns and values, with many that are hard to order, and the order that rows have, told without their bytes. */
public final class RandomRows {
    private static final double[] DOUBLES = {
        -0.0,
        0.0,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.MIN_VALUE,
        -Double.MIN_VALUE,
        Double.MAX_VALUE,
        -Double.MAX_VALUE,
        1,
        -1,
        Math.nextUp(1.0),
        Double.MIN_NORMAL
    };
    private static final long[] LONGS = {0, 1, -1, 127, 128, 255, 256, -256, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 32};
    private static final int[] INTS = {0, 1, -1, 255, 256, -256, Integer.MAX_VALUE, Integer.MIN_VALUE, 1 << 24};
    private static final int[] CODE_POINTS = {
        0, 1, 'a', 'b', 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xffff, 0x10000, 0x1f600
    };
    private static final byte[] BYTES = {0, 1, 'a', (byte) 0x7f, (byte) 0x80, (byte) 0xfe, (byte) 0xff};

    private final Random random;

    /** Takes all randomness from {@code random}. */
    public RandomRows(Random random) {
        this.random = random;
    }

    /** Columns of every type, some of them nullable, some descending. */
    public List<KeyColumn> keyColumns(int count) {
        List<KeyColumn> columns = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            columns.add(new KeyColumn(column("c" + i), pick(SortOrder.values())));
        }
        return columns;
    }

    /** A column of any type. */
    public Column column(String name) {
        return new Column(name, pick(ColumnType.values()), random.nextBoolean());
    }

    /** A value for each column. */
    public Row row(List<Column> columns) {
        List<@Nullable Object> values = new ArrayList<>();
        columns.forEach(column -> values.add(value(column)));
        return new Row(values);
    }

    /** A row that has the first columns of {@code other}: such pairs differ late. */
    public Row like(Row other, List<Column> columns) {
        List<@Nullable Object> values = new ArrayList<>(row(columns).values());
        for (int i = 0; i < random.nextInt(columns.size()); i++) {
            values.set(i, other.get(i));
        }
        return new Row(values);
    }

    /** A value of a column, or null if it is nullable. */
    public @Nullable Object value(Column column) {
        return column.nullable() && random.nextInt(6) == 0 ? null : value(column.type());
    }

    /** A value of a type. */
    public Object value(ColumnType type) {
        boolean isEdge = random.nextBoolean();
        return switch (type) {
            case BOOLEAN -> random.nextBoolean();
            case INT -> isEdge ? INTS[random.nextInt(INTS.length)] : random.nextInt();
            case BIGINT -> bigint(isEdge);
            case DOUBLE ->
                isEdge ? DOUBLES[random.nextInt(DOUBLES.length)] : Double.longBitsToDouble(random.nextLong());
            case TEXT -> text();
            case BYTES -> bytes();
            case TIMESTAMP -> instant();
        };
    }

    private long bigint(boolean isEdge) {
        return isEdge ? LONGS[random.nextInt(LONGS.length)] : random.nextLong();
    }

    private Instant instant() {
        Instant[] edges = {Instant.EPOCH, Instant.MIN, Instant.MAX, Instant.EPOCH.minusNanos(1)};
        return random.nextInt(3) == 0
                ? pick(edges)
                : Instant.ofEpochSecond(random.nextInt(5) - 2, random.nextInt(1_000_000_000));
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(5); i > 0; i--) {
            text.appendCodePoint(CODE_POINTS[random.nextInt(CODE_POINTS.length)]);
        }
        return text.toString();
    }

    private Slice bytes() {
        byte[] bytes = new byte[random.nextInt(5)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = BYTES[random.nextInt(BYTES.length)];
        }
        return Slice.wrap(bytes);
    }

    private <T> T pick(T[] of) {
        return of[random.nextInt(of.length)];
    }

    /** The order of rows. */
    public static Comparator<Row> order(List<KeyColumn> columns) {
        return (left, right) -> {
            for (int i = 0; i < columns.size(); i++) {
                int order = compare(left.get(i), right.get(i));
                if (order != 0) {
                    return columns.get(i).order() == SortOrder.ASCENDING ? order : -order;
                }
            }
            return 0;
        };
    }

    /** The order of values, null first. */
    @SuppressWarnings("unchecked") // both are of one class
    public static int compare(@Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            return Boolean.compare(left != null, right != null);
        }
        if (left instanceof String one && right instanceof String other) {
            return Arrays.compare(one.codePoints().toArray(), other.codePoints().toArray());
        }
        return ((Comparable<Object>) left).compareTo(right);
    }
}
