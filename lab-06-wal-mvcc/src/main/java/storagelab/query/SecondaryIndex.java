package storagelab.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.Transaction;
import storagelab.course.ExercisePart;
import storagelab.course.Solution;

/**
 * A secondary index: for each row an entry whose key begins with the indexed columns, so that the rows with given values in them
 * are a range of keys. From an entry the primary key can be read, and with it the row.
 *
 * <p>Invariant: in every state of the store, an index has exactly one entry for each row, {@code entry(row)}, and no others. It
 * holds because a transaction that changes a row changes the entries of the row, too, and because it always writes the key of the
 * row: of two transactions that change the entries of one row, one fails.
 *
 * <p>Concurrency: immutable.
 */
public final class SecondaryIndex {
    /**
     * What an index has for a row.
     *
     * @param key of the entry in the store
     * @param value of the entry in the store
     */
    public record IndexEntry(Slice key, Slice value) {}

    private final Schema schema;
    private final IndexDefinition definition;
    private final KeyEncoding indexed;
    private final KeyEncoding suffix;
    private final KeyEncoding whole;
    private final KeyEncoding ranges;
    private final int[] indexedAt; // in a row
    private final int[] suffixAt;

    /** The index {@code definition} of a relation with {@code schema}. */
    public SecondaryIndex(Schema schema, IndexDefinition definition) {
        this.schema = schema;
        this.definition = definition;
        List<KeyColumn> own = definition.columns();
        List<KeyColumn> rest = schema.keyColumns().stream()
                .filter(column -> own.stream().noneMatch(key -> key.column().equals(column)))
                .map(KeyColumn::ascending)
                .toList();
        List<KeyColumn> all = new ArrayList<>(own);
        all.addAll(rest);
        Slice prefix = KeySpace.prefix(definition.id());
        this.indexed = new KeyEncoding(prefix, own);
        this.suffix = new KeyEncoding(Slice.EMPTY, rest);
        this.whole = new KeyEncoding(prefix, all);
        this.ranges = definition.unique() ? indexed : whole;
        this.indexedAt = places(own);
        this.suffixAt = places(rest);
    }

    private int[] places(List<KeyColumn> columns) {
        return columns.stream()
                .mapToInt(key -> schema.indexOf(key.column().name()))
                .toArray();
    }

    /** How the catalog describes it. */
    public IndexDefinition definition() {
        return definition;
    }

    /** The columns by which entries are ordered: the indexed ones, then the suffix. They can be read from an entry. */
    public List<KeyColumn> columns() {
        return whole.columns();
    }

    /** The keys of all entries. */
    public KeyRange all() {
        return indexed.prefix(Row.empty());
    }

    /** The columns that ranges of entries can be about: those of {@link #columns}, without the suffix if the index is unique. */
    public List<KeyColumn> rangeColumns() {
        return ranges.columns();
    }

    /** The keys of the entries of all rows that have these values in the first columns; see {@link KeyEncoding#prefix}. */
    public KeyRange prefix(Row first) {
        return ranges.prefix(first);
    }

    /** The keys of the entries that {@link KeyEncoding#range} describes. */
    public KeyRange range(Row first, ValueRange next) {
        return ranges.range(first, next);
    }

    /**
     * The entry of a row. The <em>suffix</em> of an entry has the columns of the primary key that the index does not have itself,
     * ascending, in the order of the primary key. Format, all columns as {@link KeyEncoding} writes them:
     *
     * <table>
     * <caption>An entry</caption>
     * <tr><th>index</th><th>key</th><th>value</th></tr>
     * <tr><td>not unique</td><td>number of the index, indexed columns, suffix</td><td>empty</td></tr>
     * <tr><td>unique, and no indexed column is null</td><td>number of the index, indexed columns</td><td>suffix</td></tr>
     * <tr><td>unique, and an indexed column is null</td><td>number of the index, indexed columns, suffix</td><td>empty</td></tr>
     * </table>
     *
     * <p>So two rows of a unique index with the same values have the same key. Two transactions that insert such rows at the same
     * time write the same key, and only one of them can commit, whatever their isolation. Null is equal to nothing, not to another
     * null either.
     *
     * <p>Example: an index with the number 7 on {@code (country TEXT, population INT DESC)} of a relation with the primary key {@code
     * (id BIGINT)}. Of the row {@code (id 2988507, country FR, population 2138551)}, the entry has the key {@code 00 71 00 00 00 07},
     * {@code 46 52 00 00}, {@code 7f df 5e 48}, {@code 80 00 00 00 00 2d 99 db} and an empty value. If the index is unique, the key
     * ends after {@code 7f df 5e 48}, and the value is {@code 80 00 00 00 00 2d 99 db}.
     *
     * @param row a value for each column of the relation
     */
    @ExercisePart("6.12")
    public IndexEntry entry(Row row) {
        Row own = pick(row, indexedAt);
        Row rest = pick(row, suffixAt);
        if (definition.unique() && !own.values().contains(null)) {
            return new IndexEntry(indexed.encode(own), suffix.encode(rest));
        }
        List<@Nullable Object> all = new ArrayList<>(own.values());
        all.addAll(rest.values());
        return new IndexEntry(whole.encode(new Row(all)), Slice.EMPTY);
    }

    /**
     * What an entry says of its row: a row of the relation in which the columns of the index and of the primary key have their
     * values, and all others are null. {@code decode(entry(row))} agrees with {@code row} in these columns.
     *
     * @throws IllegalArgumentException if it is not an entry of this index
     */
    @ExercisePart("6.12")
    public Row decode(Slice key, Slice value) {
        @Nullable Object[] row = new @Nullable Object[schema.columns().size()];
        if (value.isEmpty()) { // the suffix is in the key, or has no columns
            Row all = whole.decode(key);
            scatter(all, indexedAt, 0, row);
            scatter(all, suffixAt, indexedAt.length, row);
        } else {
            scatter(indexed.decode(key), indexedAt, 0, row);
            scatter(suffix.decode(value), suffixAt, 0, row);
        }
        return new Row(Arrays.asList(row));
    }

    /**
     * Adds the entry of a row that was not in the relation before. All is read and written through {@code transaction}, which writes
     * the row, too: so after a crash, or beside other transactions, there are both or neither.
     *
     * <p>Cost: one put. Of a unique index also one get before it; nothing else is read.
     *
     * @throws ConstraintViolationException if the index is unique and another row has the same values, see {@link #duplicate};
     *     nothing is written then
     */
    @ExercisePart("6.12")
    public void insert(Transaction transaction, Row row) {
        IndexEntry entry = entry(row);
        if (definition.unique()) {
            checkFree(transaction.get(entry.key()), row);
        }
        transaction.put(entry.key(), entry.value());
    }

    /**
     * Removes the entry of a row that is in the relation no longer.
     *
     * <p>Cost: one delete. Nothing is read.
     */
    @ExercisePart("6.12")
    public void delete(Transaction transaction, Row row) {
        transaction.delete(entry(row).key());
    }

    /**
     * Replaces the entry of a row that was changed. Nothing is read or written if the entry stays the same.
     *
     * <p>Cost: at most one delete and one put; of a unique index also at most one get, and none if the key of the entry stays the
     * same: what is there is the entry of the row itself.
     *
     * @param before the row as it was
     * @param after the row as it is, which may have another primary key
     * @throws ConstraintViolationException if the index is unique and another row has the same values; nothing is written then
     */
    @ExercisePart("6.12")
    public void update(Transaction transaction, Row before, Row after) {
        IndexEntry old = entry(before);
        IndexEntry changed = entry(after);
        if (old.equals(changed)) {
            return;
        }
        if (!old.key().equals(changed.key())) {
            if (definition.unique()) {
                checkFree(transaction.get(changed.key()), after);
            }
            transaction.delete(old.key());
        }
        transaction.put(changed.key(), changed.value());
    }

    @Solution
    private void checkFree(Optional<Slice> found, Row row) {
        if (found.isPresent()) {
            throw duplicate(row);
        }
    }

    /** That another row has the values of {@code row} in a unique index. */
    ConstraintViolationException duplicate(Row row) {
        return new ConstraintViolationException(
                definition.name(),
                "another row has " + pick(row, indexedAt) + " in the columns " + definition.columns()
                        + " of the unique index " + definition.name());
    }

    private static Row pick(Row row, int[] places) {
        @Nullable Object[] picked = new @Nullable Object[places.length];
        for (int i = 0; i < places.length; i++) {
            picked[i] = row.get(places[i]);
        }
        return new Row(Arrays.asList(picked));
    }

    @Solution
    private static void scatter(Row from, int[] places, int first, @Nullable Object[] to) {
        for (int i = 0; i < places.length; i++) {
            to[places[i]] = from.get(first + i);
        }
    }

    @Override
    public String toString() {
        return definition.toString();
    }
}
