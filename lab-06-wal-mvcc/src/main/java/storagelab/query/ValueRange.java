package storagelab.query;

import org.jspecify.annotations.Nullable;

/**
 * The values of a column that a comparison holds for. Null is in no range: a comparison with null is never true.
 *
 * @param lower where it begins; null if all smaller values are in it
 * @param upper where it ends; null if all greater values are in it
 */
public record ValueRange(@Nullable Bound lower, @Nullable Bound upper) {
    private static final ValueRange ALL = new ValueRange(null, null);

    /**
     * An end of a range.
     *
     * @param value at which it is
     * @param inclusive whether this value itself is in the range
     */
    public record Bound(Object value, boolean inclusive) {}

    /** {@code column IS NOT NULL}. */
    public static ValueRange all() {
        return ALL;
    }

    /** {@code column = value}. */
    public static ValueRange equalTo(Object value) {
        return between(value, value);
    }

    /** {@code column BETWEEN lower AND upper}: both are in the range. It is empty if {@code lower} is the greater one. */
    public static ValueRange between(Object lower, Object upper) {
        return new ValueRange(new Bound(lower, true), new Bound(upper, true));
    }

    /** {@code column < value}. */
    public static ValueRange lessThan(Object value) {
        return new ValueRange(null, new Bound(value, false));
    }

    /** {@code column <= value}. */
    public static ValueRange atMost(Object value) {
        return new ValueRange(null, new Bound(value, true));
    }

    /** {@code column > value}. */
    public static ValueRange greaterThan(Object value) {
        return new ValueRange(new Bound(value, false), null);
    }

    /** {@code column >= value}. */
    public static ValueRange atLeast(Object value) {
        return new ValueRange(new Bound(value, true), null);
    }

    /** Whether the range has {@code value}, in the order of {@code type}. */
    public boolean contains(ColumnType type, @Nullable Object value) {
        return value != null && isAbove(lower, type, value) && isBelow(upper, type, value);
    }

    /** The only value of the range, if its ends say that it has one, as those of an equality do; otherwise null. */
    @Nullable
    Object point(ColumnType type) {
        if (lower == null || upper == null || !lower.inclusive || !upper.inclusive) {
            return null;
        }
        return type.compare(lower.value, upper.value) == 0 ? lower.value : null;
    }

    private static boolean isAbove(@Nullable Bound lower, ColumnType type, Object value) {
        if (lower == null) {
            return true;
        }
        int order = type.compare(value, lower.value);
        return lower.inclusive ? order >= 0 : order > 0;
    }

    private static boolean isBelow(@Nullable Bound upper, ColumnType type, Object value) {
        if (upper == null) {
            return true;
        }
        int order = type.compare(value, upper.value);
        return upper.inclusive ? order <= 0 : order < 0;
    }

    @Override
    public String toString() {
        String from = lower == null ? "(" : (lower.inclusive ? "[" : "(") + lower.value;
        String to = upper == null ? ")" : upper.value + (upper.inclusive ? "]" : ")");
        return from + ", " + to;
    }
}
