package storagelab.query;

import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The most common values of a column, each with its part of all rows. A histogram spreads the rows of a bucket evenly over its
 * values; what is far from even is listed here instead.
 *
 * <p>Concurrency: immutable.
 */
public final class MostCommonValues {
    private final ColumnType type;
    private final NavigableMap<Object, Double> fractions;

    /**
     * A list of these values.
     *
     * @param fractions the part of all rows that has the value, more than 0; together at most 1
     * @throws IllegalArgumentException if a part is not more than 0
     */
    public MostCommonValues(ColumnType type, Map<?, Double> fractions) {
        this.type = type;
        this.fractions = new TreeMap<>(type::compare);
        fractions.forEach((value, fraction) -> {
            if (!(fraction > 0)) {
                throw new IllegalArgumentException("the value " + value + " in a part of " + fraction + " of the rows");
            }
            this.fractions.put(value, fraction);
        });
    }

    /** A list of no values. */
    public static MostCommonValues none(ColumnType type) {
        return new MostCommonValues(type, Map.of());
    }

    /** The type of the values. */
    public ColumnType type() {
        return type;
    }

    /** Number of values. */
    public int size() {
        return fractions.size();
    }

    /** The values, each with its part of all rows, in the order of the values. */
    NavigableMap<Object, Double> fractions() {
        return Collections.unmodifiableNavigableMap(fractions);
    }

    /** The part of the rows that has this value, if it is one of the list. */
    public OptionalDouble fraction(Object value) {
        @Nullable Double fraction = fractions.get(value);
        return fraction == null ? OptionalDouble.empty() : OptionalDouble.of(fraction);
    }

    /** The part of the rows that has one of the values. */
    public double total() {
        return selectivity(ValueRange.all());
    }

    /** The part of the rows that has one of the values, and one that is in {@code range}. */
    public double selectivity(ValueRange range) {
        double sum = 0;
        for (Map.Entry<Object, Double> common : fractions.entrySet()) {
            if (range.contains(type, common.getKey())) {
                sum += common.getValue();
            }
        }
        return sum;
    }

    @Override
    public String toString() {
        return fractions.toString();
    }
}
