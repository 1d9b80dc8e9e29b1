package storagelab.query.plan;

import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import storagelab.course.ExercisePart;
import storagelab.query.ColumnStatistics;
import storagelab.query.Schema;
import storagelab.query.TableStatistics;
import storagelab.query.ValueRange;
import storagelab.query.plan.ColumnFilter.Shape;

/**
 * Estimates how many rows fulfil some of the conditions of a query.
 *
 * <p>Without statistics: a relation of 1,000 rows, of which an equality has a tenth, a range with one end a third, and one with two
 * ends a quarter, as in System R.
 */
final class RowEstimator {
    private static final double ROWS_DEFAULT = 1_000;
    private static final double EQUAL_DEFAULT = 0.1;
    private static final double HALF_OPEN_DEFAULT = 1.0 / 3;
    private static final double BETWEEN_DEFAULT = 0.25;
    private static final int COMBINED_MAX = 4;

    private final BoundQuery query;
    private final @Nullable TableStatistics statistics;

    RowEstimator(BoundQuery query, Optional<TableStatistics> statistics) {
        this.query = query;
        this.statistics = statistics.orElse(null);
    }

    /** How many rows the relation has. */
    double tableRows() {
        return statistics == null ? ROWS_DEFAULT : statistics.rows();
    }

    /** How many rows fulfil the conditions on these columns. */
    double rows(Collection<Integer> columns) {
        return tableRows() * fraction(columns);
    }

    /**
     * The part of the rows that fulfils the conditions on these columns. One condition is estimated by {@link #selectivity}. Several are
     * combined with <em>exponential backoff</em>: of the parts s1 ≤ s2 ≤ s3 ≤ s4, the product s1 · s2^(1/2) · s3^(1/4) · s4^(1/8), and
     * no more. If the columns had nothing to do with each other, it would be s1 · s2 · s3 · s4; if the first implied the others, s1.
     * Columns of one relation usually do have to do with each other, and an estimate that is too small is worse than one that is too
     * large: it makes plans look cheap that read a row at a time. A column without a condition has the part 1, and a query that no
     * row can fulfil has 0.
     *
     * <p>Example: 10 % of the cities are in France, and 4 % are between 45 and 46 degrees north. Backoff estimates 0.04 · √0.1 = 1.3
     * %, the product 0.4 %.
     */
    @ExercisePart("6.14")
    double fraction(Collection<Integer> columns) {
        if (query.isNever()) {
            return 0;
        }
        double[] parts = Set.copyOf(columns).stream()
                .map(query::filter)
                .mapToDouble(filter -> filter == null ? 1 : selectivity(filter))
                .sorted()
                .limit(COMBINED_MAX)
                .toArray();
        double product = 1;
        double exponent = 1;
        for (double part : parts) {
            product *= Math.pow(part, exponent);
            exponent /= 2;
        }
        return product;
    }

    /** The part of the rows that fulfils one condition. */
    double selectivity(ColumnFilter filter) {
        TableStatistics known = statistics;
        if (known == null) {
            return withoutStatistics(filter);
        }
        Schema schema = query.query().table().schema();
        ColumnStatistics column =
                known.column(schema.columns().get(filter.column()).name());
        return filter.shape() == Shape.NULL ? column.nullFraction() : column.selectivity(filter.range());
    }

    /** All of it, in the order of the columns of the query: whether a plan still fits. */
    double[] selectivities() {
        return query.filters().stream().mapToDouble(this::selectivity).toArray();
    }

    private static double withoutStatistics(ColumnFilter filter) {
        if (filter.shape() != Shape.RANGE) {
            return EQUAL_DEFAULT;
        }
        ValueRange range = filter.range();
        if (range.equals(ValueRange.all())) {
            return 1;
        }
        return range.lower() == null || range.upper() == null ? HALF_OPEN_DEFAULT : BETWEEN_DEFAULT;
    }

    @Override
    public String toString() {
        return Arrays.toString(selectivities());
    }
}
