package storagelab.query;

import java.util.Map;
import storagelab.course.ExercisePart;

/**
 * What is known of a relation: how many rows it has, and its columns. A planner estimates with it how many rows a query will
 * find.
 *
 * <p>Concurrency: immutable.
 *
 * @param rows how many
 * @param columns by name
 */
public record TableStatistics(long rows, Map<String, ColumnStatistics> columns) {
    /** Checks the number. */
    public TableStatistics {
        if (rows < 0) {
            throw new IllegalArgumentException("a relation of " + rows + " rows");
        }
        columns = Map.copyOf(columns);
    }

    /**
     * The statistics of a column.
     *
     * @throws IllegalArgumentException if there is no column of this name
     */
    public ColumnStatistics column(String name) {
        ColumnStatistics column = columns.get(name);
        if (column == null) {
            throw new IllegalArgumentException("no column " + name + " in " + columns.keySet());
        }
        return column;
    }

    /**
     * Estimates how many rows fulfil all of these comparisons, as if the columns had nothing to do with each other: the number of
     * rows times the selectivity of each. It is at least one row, unless the relation has none: an estimate below one says that the
     * row may not be there, and a plan that costs nothing would look best for the wrong reason. It is at most the number of rows.
     *
     * <p>Example: of 1,000 rows, 0.3 have {@code US} in one column and 0.01 have 7 in another. Both are true for 1,000 · 0.3 · 0.01 =
     * 3 rows.
     *
     * @param comparisons by the name of the column
     * @throws IllegalArgumentException if there is no column of a name
     */
    @ExercisePart("6.13")
    public double estimateRows(Map<String, ValueRange> comparisons) {
        double estimate = rows;
        for (Map.Entry<String, ValueRange> comparison : comparisons.entrySet()) {
            estimate *= column(comparison.getKey()).selectivity(comparison.getValue());
        }
        return Math.min(rows, Math.max(1, estimate));
    }

    /**
     * How wrong an estimate is: by which factor it is too large or too small, at least 1. Both numbers are taken to be at least
     * one.
     */
    public static double qError(double estimatedRows, double actualRows) {
        double estimated = Math.max(1, estimatedRows);
        double actual = Math.max(1, actualRows);
        return Math.max(estimated / actual, actual / estimated);
    }
}
