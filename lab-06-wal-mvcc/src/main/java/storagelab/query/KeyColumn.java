package storagelab.query;

/**
 * A column of a key, and its direction.
 *
 * @param column which one
 * @param order its direction in the key
 */
public record KeyColumn(Column column, SortOrder order) {
    /** The column, smaller values first. */
    public static KeyColumn ascending(Column column) {
        return new KeyColumn(column, SortOrder.ASCENDING);
    }

    /** The column, greater values first. */
    public static KeyColumn descending(Column column) {
        return new KeyColumn(column, SortOrder.DESCENDING);
    }

    @Override
    public String toString() {
        return column.name() + (order == SortOrder.ASCENDING ? "" : " DESC");
    }
}
