package storagelab.kin;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.Snapshot;
import storagelab.api.SnapshotStore;
import storagelab.api.WriteBatch;
import storagelab.codec.ByteReader;
import storagelab.codec.ByteWriter;

/**
 * A table whose values are stored column by column: a query reads the columns that it asks for, and of those only the groups of
 * rows that may have what it looks for.
 *
 * <p>Rows are only appended. They are divided into groups.
 *
 * <p>Format, for texts, numbers and values as {@link KeyBytes} and {@link Document} write them:
 *
 * <table>
 * <caption>The entries</caption>
 * <tr><th>key</th><th>value</th></tr>
 * <tr><td>{@code c}, column, group</td><td>the {@link ColumnChunk} of the group's values</td></tr>
 * <tr><td>{@code z}, column, group</td><td>the smallest and the largest of them</td></tr>
 * <tr><td>{@code n}</td><td>how many groups there are, and how many rows; two varints</td></tr>
 * </table>
 *
 * <p>Invariants: an append is one batch: the chunks of all columns, and {@code n}. A reader goes by {@code n}. So a row has a
 * value in each column, or is not there, whatever a crash leaves.
 *
 * <p>Concurrency: safe for many threads. There must be one object over a store, which nothing else writes to.
 */
public final class ColumnTable {
    private static final char CHUNK = 'c';
    private static final char ZONE = 'z';
    private static final Slice COUNTS = KeyBytes.of('n').toSlice();

    private final SnapshotStore store;
    private final List<String> columns;
    private final int groupRows;

    /**
     * What a query looks for: values of a column from {@code least} to {@code most}, both included.
     *
     * @param column its name
     * @param least a value of the column's kind
     * @param most a value of the same kind
     */
    public record Filter(String column, Object least, Object most) {
        /** The rows with one value. */
        public static Filter equal(String column, Object value) {
            return new Filter(column, value, value);
        }

        boolean overlaps(Slice smallest, Slice largest) {
            return ColumnChunk.scalar(least).compareTo(largest) <= 0
                    && smallest.compareTo(ColumnChunk.scalar(most)) <= 0;
        }

        boolean accepts(Object value) {
            Slice scalar = ColumnChunk.scalar(value);
            return overlaps(scalar, scalar);
        }
    }

    /** How many there are. */
    private record Counts(long groups, long rows) {
        static Counts decode(Optional<Slice> bytes) {
            if (bytes.isEmpty()) {
                return new Counts(0, 0);
            }
            ByteReader in = new ByteReader(bytes.get());
            return new Counts(in.readVarint64(), in.readVarint64());
        }
    }

    /**
     * A table in {@code store}.
     *
     * @param columns their names, the same as ever
     * @param groupRows how many rows a group has at most
     */
    public ColumnTable(SnapshotStore store, List<String> columns, int groupRows) {
        if (groupRows < 1 || columns.isEmpty()) {
            throw new IllegalArgumentException("groups of " + groupRows + " rows of the columns " + columns);
        }
        this.store = store;
        this.columns = List.copyOf(columns);
        this.groupRows = groupRows;
    }

    /** How many rows there are. */
    public long rows() {
        return Counts.decode(store.get(COUNTS)).rows;
    }

    /**
     * Appends rows in one batch. They make groups of their own, so that many rows should come at once.
     *
     * @param rows each has a value for each column: a Boolean, a Long, a Double or a String, in one column always the same
     * @throws IllegalArgumentException if a row has another number of values, or a value is of another kind
     */
    public synchronized void append(List<List<Object>> rows, Durability durability) {
        for (List<Object> row : rows) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException(row.size() + " values for the columns " + columns);
            }
        }
        Counts before = Counts.decode(store.get(COUNTS));
        WriteBatch batch = new WriteBatch();
        long group = before.groups;
        for (int first = 0; first < rows.size(); first += groupRows) {
            List<List<Object>> ofGroup = rows.subList(first, Math.min(first + groupRows, rows.size()));
            for (int i = 0; i < columns.size(); i++) {
                int column = i;
                putColumn(
                        batch,
                        columns.get(i),
                        group,
                        ofGroup.stream().map(row -> row.get(column)).toList());
            }
            group++;
        }
        Slice counts = new ByteWriter(2 * Long.BYTES)
                .putVarint64(group)
                .putVarint64(before.rows + rows.size())
                .toSlice();
        store.write(batch.put(COUNTS, counts), durability);
    }

    private static void putColumn(WriteBatch batch, String column, long group, List<Object> values) {
        Class<?> kind = values.get(0).getClass();
        List<Slice> ordered = new ArrayList<>();
        for (Object value : values) {
            if (value.getClass() != kind) {
                throw new IllegalArgumentException(column + " has values of " + kind + " and " + value.getClass());
            }
            ordered.add(ColumnChunk.scalar(value));
        }
        ordered.sort(null);
        Slice zone = new ByteWriter(64)
                .putLengthPrefixed(ordered.get(0))
                .putLengthPrefixed(ordered.get(ordered.size() - 1))
                .toSlice();
        batch.put(key(CHUNK, column, group), ColumnChunk.encode(values));
        batch.put(key(ZONE, column, group), zone);
    }

    /**
     * Hands every row that {@code filter} accepts to {@code reader}, with the values of {@code wanted} in this order, in the
     * order of the rows.
     *
     * <p>Cost: the smallest and largest values of the filter's column in each group; that column's chunks in groups that may
     * have such values; the wanted columns' chunks in groups that have them.
     *
     * @throws IllegalArgumentException if there is no such column
     */
    public void scan(List<String> wanted, Filter filter, Consumer<List<Object>> reader) {
        wanted.forEach(this::check);
        check(filter.column);
        try (Snapshot now = store.snapshot();
                Cursor zones = now.cursor(
                        KeyRange.prefix(KeyBytes.of(ZONE).text(filter.column).toSlice()))) {
            for (zones.seekToFirst(); zones.isValid(); zones.next()) {
                ByteReader zone = new ByteReader(zones.value());
                if (filter.overlaps(zone.readLengthPrefixed(), zone.readLengthPrefixed())) {
                    long group = KeyBytes.numberAt(zones.key(), zones.key().length() - Long.BYTES);
                    scanGroup(now, group, wanted, filter, reader);
                }
            }
        }
    }

    private static void scanGroup(
            Snapshot now, long group, List<String> wanted, Filter filter, Consumer<List<Object>> reader) {
        Map<String, List<Object>> chunks = new HashMap<>();
        List<Object> filtered = chunk(now, chunks, filter.column, group);
        for (int row = 0; row < filtered.size(); row++) {
            if (filter.accepts(filtered.get(row))) {
                List<Object> values = new ArrayList<>();
                for (String column : wanted) {
                    values.add(chunk(now, chunks, column, group).get(row));
                }
                reader.accept(values);
            }
        }
    }

    /** A chunk, read when it is asked for the first time. */
    private static List<Object> chunk(Snapshot now, Map<String, List<Object>> chunks, String column, long group) {
        return chunks.computeIfAbsent(
                column,
                name -> ColumnChunk.decode(now.get(key(CHUNK, name, group)).orElseThrow()));
    }

    private void check(String column) {
        if (!columns.contains(column)) {
            throw new IllegalArgumentException("no column " + column + " among " + columns);
        }
    }

    private static Slice key(char kind, String column, long group) {
        return KeyBytes.of(kind).text(column).number(group).toSlice();
    }
}
