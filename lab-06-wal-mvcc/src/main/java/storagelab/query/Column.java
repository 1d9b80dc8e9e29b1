package storagelab.query;

import org.jspecify.annotations.Nullable;

/**
 * A column of a relation.
 *
 * @param name not empty
 * @param type of its values
 * @param nullable whether a row may have no value there
 */
public record Column(String name, ColumnType type, boolean nullable) {
    /** Checks the name. */
    public Column {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a column without a name");
        }
    }

    /** A column in which every row has a value. */
    public static Column required(String name, ColumnType type) {
        return new Column(name, type, false);
    }

    /** A column in which a row may have null. */
    public static Column optional(String name, ColumnType type) {
        return new Column(name, type, true);
    }

    /**
     * Checks that a row may have {@code value} in this column.
     *
     * @throws IllegalArgumentException if it is null and the column is not nullable, or of another class than the type's
     */
    public void check(@Nullable Object value) {
        if (value == null) {
            if (!nullable) {
                throw new IllegalArgumentException("column " + name + " is not nullable, and the value is null");
            }
        } else if (!type.accepts(value)) {
            throw new IllegalArgumentException("column " + name + " is of type " + type + ", and the value is a "
                    + value.getClass().getSimpleName() + ": " + value);
        }
    }

    @Override
    public String toString() {
        return name + " " + type + (nullable ? "" : " NOT NULL");
    }
}
