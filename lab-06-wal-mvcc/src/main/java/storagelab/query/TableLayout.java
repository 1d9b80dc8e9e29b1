package storagelab.query;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import storagelab.api.KeyRange;
import storagelab.api.Slice;

/**
 * How the rows of a relation are entries of a store: the primary key is in the key, after the number of the relation; the other
 * columns are the value.
 *
 * <p>Example: the relation 1 with the columns {@code (id BIGINT, name TEXT)} and the primary key {@code (id)}. The row {@code (5,
 * Rome)} has the key {@code 00 71 00 00 00 01 80 00 00 00 00 00 00 05} and the value {@code 01 00 04 52 6f 6d 65}.
 *
 * <p>Cost: O(bytes of the row).
 *
 * <p>Concurrency: immutable.
 */
public final class TableLayout {
    private final Schema schema;
    private final KeyEncoding keys;
    private final RowEncoding values;
    private final int[] keyIndexes;
    private final int[] valueIndexes;

    TableLayout(int id, Schema schema) {
        this.schema = schema;
        this.keys = new KeyEncoding(
                KeySpace.prefix(id),
                schema.keyColumns().stream().map(KeyColumn::ascending).toList());
        this.values = new RowEncoding(schema.valueColumns());
        this.keyIndexes = indexes(schema, schema.keyColumns());
        this.valueIndexes = indexes(schema, schema.valueColumns());
    }

    private static int[] indexes(Schema schema, List<Column> columns) {
        return columns.stream()
                .mapToInt(column -> schema.indexOf(column.name()))
                .toArray();
    }

    /** The keys of the rows, for ranges over the primary key. */
    public KeyEncoding keys() {
        return keys;
    }

    /** Where the columns of the primary key are in a row, in their order. */
    public int[] keyIndexes() {
        return keyIndexes.clone();
    }

    /** The keys of all rows. */
    public KeyRange all() {
        return keys.prefix(Row.empty());
    }

    /** The key of the row that has this primary key. */
    public Slice key(Row primaryKey) {
        return keys.encode(primaryKey);
    }

    /** The key of a row, of which the columns of the primary key are known; the others are not looked at. */
    public Slice keyOf(Row row) {
        @Nullable Object[] key = new @Nullable Object[keyIndexes.length];
        for (int i = 0; i < key.length; i++) {
            key[i] = row.get(keyIndexes[i]);
        }
        return keys.encode(new Row(Arrays.asList(key)));
    }

    /** The value of a row. */
    public Slice valueOf(Row row) {
        return values.encode(schema.valueOf(row));
    }

    /**
     * The row of an entry.
     *
     * @throws IllegalArgumentException if the entry is not a row of this relation
     */
    public Row row(Slice key, Slice value) {
        return rowOf(keys.decode(key), value);
    }

    /**
     * The row of an entry whose primary key is known.
     *
     * @throws IllegalArgumentException if the value is not that of a row of this relation
     */
    public Row rowOf(Row keyColumns, Slice value) {
        Row valueColumns = values.decode(value);
        @Nullable Object[] row = new @Nullable Object[keyIndexes.length + valueIndexes.length];
        for (int i = 0; i < keyIndexes.length; i++) {
            row[keyIndexes[i]] = keyColumns.get(i);
        }
        for (int i = 0; i < valueIndexes.length; i++) {
            row[valueIndexes[i]] = valueColumns.get(i);
        }
        return new Row(Arrays.asList(row));
    }
}
