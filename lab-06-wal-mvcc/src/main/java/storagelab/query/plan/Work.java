package storagelab.query.plan;

/**
 * How much an execution does, or is expected to do, in units that do not depend on the machine.
 *
 * @param seeks cursors that are opened and positioned
 * @param rows read one after the other
 * @param fetches rows that are looked up by their primary key
 * @param entries of indexes that are read one after the other
 * @param filters rows or entries whose columns are compared with conditions
 * @param comparisons of two rows, to sort them
 * @param hashes entries that are put into or looked up in a table in memory
 */
public record Work(
        double seeks, double rows, double fetches, double entries, double filters, double comparisons, double hashes) {
    /** Nothing. */
    public static final Work NONE = new Work(0, 0, 0, 0, 0, 0, 0);

    /** So many cursors. */
    static Work ofSeeks(double count) {
        return new Work(count, 0, 0, 0, 0, 0, 0);
    }

    /** So many rows in order. */
    static Work ofRows(double count) {
        return new Work(0, count, 0, 0, 0, 0, 0);
    }

    /** So many rows by their primary keys. */
    static Work ofFetches(double count) {
        return new Work(0, 0, count, 0, 0, 0, 0);
    }

    /** So many entries in order. */
    static Work ofEntries(double count) {
        return new Work(0, 0, 0, count, 0, 0, 0);
    }

    /** So many rows compared with conditions. */
    static Work ofFilters(double count) {
        return new Work(0, 0, 0, 0, count, 0, 0);
    }

    /** So many rows compared with each other. */
    static Work ofComparisons(double count) {
        return new Work(0, 0, 0, 0, 0, count, 0);
    }

    /** So many entries in a table in memory. */
    static Work ofHashes(double count) {
        return new Work(0, 0, 0, 0, 0, 0, count);
    }

    /** Both together. */
    public Work plus(Work other) {
        return new Work(
                seeks + other.seeks,
                rows + other.rows,
                fetches + other.fetches,
                entries + other.entries,
                filters + other.filters,
                comparisons + other.comparisons,
                hashes + other.hashes);
    }

    /** A part of it, or a multiple. */
    public Work times(double factor) {
        return new Work(
                seeks * factor,
                rows * factor,
                fetches * factor,
                entries * factor,
                filters * factor,
                comparisons * factor,
                hashes * factor);
    }
}
