package storagelab.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a relation, and those of its primary key. The primary key of a row goes into the key of its entry and the
 * other columns into the value, so that nothing is stored twice.
 *
 * <p>Example: with the columns {@code (id, name, country, population)} and the primary key {@code (country, id)}, the row
 * {@code (2988507, Paris, FR, 2138551)} has the key {@code (FR, 2988507)} and the value {@code (Paris, 2138551)}.
 *
 * @param columns with different names, at least one
 * @param primaryKey names of columns that are not nullable, at least one, each once, in the order of the key
 */
public record Schema(List<Column> columns, List<String> primaryKey) {
    /** Checks the names. */
    public Schema {
        columns = List.copyOf(columns);
        primaryKey = List.copyOf(primaryKey);
        List<String> names = columns.stream().map(Column::name).toList();
        if (names.isEmpty() || new HashSet<>(names).size() < names.size()) {
            throw new IllegalArgumentException("a relation of the columns " + names);
        }
        if (primaryKey.isEmpty() || new HashSet<>(primaryKey).size() < primaryKey.size()) {
            throw new IllegalArgumentException("a primary key of the columns " + primaryKey);
        }
        for (String name : primaryKey) {
            int index = names.indexOf(name);
            if (index < 0 || columns.get(index).nullable()) {
                throw new IllegalArgumentException("the primary key has the column " + name + ", which "
                        + (index < 0 ? "is not one of " + names : "is nullable"));
            }
        }
    }

    /**
     * Where the column is in a row, counted from 0.
     *
     * @throws IllegalArgumentException if there is no column of this name
     */
    public int indexOf(String name) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException("no column " + name + " in " + this);
    }

    /** The column of this name. */
    public Column column(String name) {
        return columns.get(indexOf(name));
    }

    /** The columns of the primary key, in its order. */
    public List<Column> keyColumns() {
        return primaryKey.stream().map(this::column).toList();
    }

    /** The columns that are not in the primary key, in the order of the relation. */
    public List<Column> valueColumns() {
        return valueIndexes().stream().map(columns::get).toList();
    }

    /**
     * Checks that {@code row} can be a row of the relation.
     *
     * @throws IllegalArgumentException if a column is missing, or a value does not fit its column
     */
    public void check(Row row) {
        if (row.size() != columns.size()) {
            throw new IllegalArgumentException(
                    row.size() + " values for the " + columns.size() + " columns " + columns);
        }
        for (int i = 0; i < columns.size(); i++) {
            columns.get(i).check(row.get(i));
        }
    }

    /** The primary key of a row. */
    public Row keyOf(Row row) {
        return row.pick(keyIndexes());
    }

    /** The columns of a row that are not in its primary key. */
    public Row valueOf(Row row) {
        return row.pick(valueIndexes());
    }

    /** The row that has this primary key and these other columns: the inverse of {@link #keyOf} and {@link #valueOf}. */
    public Row join(Row key, Row value) {
        @Nullable Object[] joined = new @Nullable Object[columns.size()];
        scatter(key, keyIndexes(), joined);
        scatter(value, valueIndexes(), joined);
        return new Row(Arrays.asList(joined));
    }

    private static void scatter(Row from, List<Integer> indexes, @Nullable Object[] to) {
        if (from.size() != indexes.size()) {
            throw new IllegalArgumentException(from.size() + " values for " + indexes.size() + " columns");
        }
        for (int i = 0; i < from.size(); i++) {
            to[indexes.get(i)] = from.get(i);
        }
    }

    private List<Integer> keyIndexes() {
        return primaryKey.stream().map(this::indexOf).toList();
    }

    private List<Integer> valueIndexes() {
        List<Integer> indexes =
                new ArrayList<>(IntStream.range(0, columns.size()).boxed().toList());
        indexes.removeAll(keyIndexes());
        return indexes;
    }

    @Override
    public String toString() {
        return columns + " with the primary key " + primaryKey;
    }
}
