package storagelab.query.plan;

import org.jspecify.annotations.Nullable;
import storagelab.query.ColumnType;
import storagelab.query.ValueRange;
import storagelab.query.ValueRange.Bound;

/**
 * All conditions on one column together: its values are in a range, or null.
 *
 * @param column its place in a row
 * @param type of its values
 * @param shape which kind of condition it is, whatever the values are
 * @param range the values; of no meaning if null is wanted
 */
record ColumnFilter(int column, ColumnType type, Shape shape, ValueRange range) {
    /** What is known of a filter before the parameters have values. Plans depend on it, and not on values. */
    enum Shape {
        /** One value. */
        EQUAL,
        /** Null. */
        NULL,
        /** A range of values. */
        RANGE
    }

    /** Whether a row with this value is wanted. */
    boolean accepts(@Nullable Object value) {
        return shape == Shape.NULL ? value == null : range.contains(type, value);
    }

    /** The one value, or null if null is wanted. */
    @Nullable
    Object point() {
        Bound lower = range.lower();
        return shape == Shape.NULL || lower == null ? null : lower.value();
    }

    /** Whether no value fulfils it. */
    boolean isNever() {
        Bound lower = range.lower();
        Bound upper = range.upper();
        if (shape == Shape.NULL || lower == null || upper == null) {
            return false;
        }
        int order = type.compare(lower.value(), upper.value());
        return order > 0 || (order == 0 && !(lower.inclusive() && upper.inclusive()));
    }

    /** The values that are in both ranges. */
    static ValueRange intersect(ColumnType type, ValueRange one, ValueRange other) {
        return new ValueRange(
                tighter(type, one.lower(), other.lower(), 1), tighter(type, one.upper(), other.upper(), -1));
    }

    private static @Nullable Bound tighter(ColumnType type, @Nullable Bound one, @Nullable Bound other, int sign) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        int order = sign * type.compare(one.value(), other.value());
        if (order == 0) {
            return one.inclusive() ? other : one;
        }
        return order > 0 ? one : other;
    }
}
