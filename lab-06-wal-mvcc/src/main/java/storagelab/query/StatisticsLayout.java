package storagelab.query;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import storagelab.api.Slice;
import storagelab.codec.ByteReader;
import storagelab.codec.ByteWriter;
import storagelab.codec.MalformedBytesException;
import storagelab.query.Histogram.Bucket;

/**
 * Statistics of a relation as the value of an entry of the catalog. Format: {@code notes/formats/relations.md}.
 *
 * <p>Varints, doubles as their IEEE bits in eight bytes with the lowest first, and values as {@link KeyEncoding} writes them, with
 * their length in front: number of rows; for each column in the order of the relation: fraction of null, different values, number
 * of common values, each with its fraction, number of buckets, each with its lower and upper value, its share and its number of
 * different values.
 */
final class StatisticsLayout {
    private StatisticsLayout() {}

    /** The value of the statistics of a relation with {@code schema}. */
    static Slice encode(Schema schema, TableStatistics statistics) {
        ByteWriter out = new ByteWriter(1024).putVarint64(statistics.rows());
        for (Column column : schema.columns()) {
            KeyEncoding type = valueOf(column.type());
            ColumnStatistics known = statistics.column(column.name());
            putDouble(out, known.nullFraction());
            putDouble(out, known.distinct());
            Map<Object, Double> common = known.common().fractions();
            out.putVarint32(common.size());
            common.forEach((value, fraction) -> {
                putValue(out, type, value);
                putDouble(out, fraction);
            });
            out.putVarint32(known.rest().buckets().size());
            for (Bucket bucket : known.rest().buckets()) {
                putValue(out, type, bucket.lower());
                putValue(out, type, bucket.upper());
                putDouble(out, bucket.share());
                putDouble(out, bucket.distinct());
            }
        }
        return out.toSlice();
    }

    /**
     * The statistics of a value.
     *
     * @throws IllegalStateException if it is not one of {@link #encode}
     */
    static TableStatistics decode(Schema schema, Slice value) {
        try {
            ByteReader in = new ByteReader(value);
            long rows = in.readVarint64();
            Map<String, ColumnStatistics> columns = new HashMap<>();
            for (Column column : schema.columns()) {
                columns.put(column.name(), column(in, valueOf(column.type())));
            }
            return new TableStatistics(rows, columns);
        } catch (IllegalArgumentException | MalformedBytesException e) {
            throw CatalogLayout.damaged("statistics of the columns " + schema.columns(), e);
        }
    }

    private static ColumnStatistics column(ByteReader in, KeyEncoding type) {
        double nullFraction = readDouble(in);
        double distinct = readDouble(in);
        Map<Object, Double> common = new HashMap<>();
        for (int left = in.readVarint32(); left > 0; left--) {
            Object commonValue = readValue(in, type);
            common.put(commonValue, readDouble(in));
        }
        List<Bucket> buckets = new ArrayList<>();
        for (int left = in.readVarint32(); left > 0; left--) {
            Object lower = readValue(in, type);
            Object upper = readValue(in, type);
            double share = readDouble(in);
            buckets.add(new Bucket(lower, upper, share, readDouble(in)));
        }
        ColumnType of = type.columns().get(0).column().type();
        return new ColumnStatistics(
                nullFraction, distinct, new MostCommonValues(of, common), Histogram.of(of, buckets));
    }

    private static KeyEncoding valueOf(ColumnType type) {
        return KeyEncoding.ascending(List.of(Column.required("value", type)));
    }

    private static void putValue(ByteWriter out, KeyEncoding type, Object value) {
        out.putLengthPrefixed(type.encode(Row.of(value)));
    }

    private static Object readValue(ByteReader in, KeyEncoding type) {
        Object value = type.decode(in.readLengthPrefixed()).get(0);
        if (value == null) {
            throw new IllegalArgumentException("null among the values of " + type);
        }
        return value;
    }

    private static void putDouble(ByteWriter out, double value) {
        out.putFixed64(Double.doubleToLongBits(value));
    }

    private static double readDouble(ByteReader in) {
        return Double.longBitsToDouble(in.readFixed64());
    }
}
