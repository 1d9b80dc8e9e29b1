package storagelab.query.plan;

/**
 * Which conditions bound the keys of a scan: those on its first columns.
 *
 * @param equalColumns how many of the first columns have one value, or null
 * @param hasRange whether the column after them is in a range
 */
public record KeyBounds(int equalColumns, boolean hasRange) {
    /** A scan of all keys. */
    static final KeyBounds ALL = new KeyBounds(0, false);

    /** Whether no condition bounds the scan. */
    public boolean isAll() {
        return equalColumns == 0 && !hasRange;
    }

    /** How many columns are bounded. */
    int columns() {
        return equalColumns + (hasRange ? 1 : 0);
    }
}
