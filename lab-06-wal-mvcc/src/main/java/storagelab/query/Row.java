package storagelab.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values of some columns, in their order: a whole row of a relation, a key, or the first columns of a key. Values are plain
 * Java objects, of the classes that {@link ColumnType} names, or null.
 *
 * @param values cannot be changed
 */
public record Row(List<@Nullable Object> values) {
    private static final Row EMPTY = new Row(List.of());

    /** Copies the values. */
    public Row {
        values = Collections.unmodifiableList(new ArrayList<>(values)); // List.copyOf refuses null
    }

    /** The row of these values. */
    public static Row of(@Nullable Object... values) {
        return new Row(Arrays.asList(values));
    }

    /** The row of no columns. */
    public static Row empty() {
        return EMPTY;
    }

    /** Number of columns. */
    public int size() {
        return values.size();
    }

    /** The value of the column at {@code index}, counted from 0. */
    public @Nullable Object get(int index) {
        return values.get(index);
    }

    /** The row of the columns at these places. */
    Row pick(List<Integer> indexes) {
        List<@Nullable Object> picked = new ArrayList<>(indexes.size());
        for (int index : indexes) {
            picked.add(values.get(index));
        }
        return new Row(picked);
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
