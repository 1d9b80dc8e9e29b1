package storagelab.testkit.query;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import storagelab.query.ColumnType;
import storagelab.query.Row;
import storagelab.query.Schema;
import storagelab.query.ValueRange;

/** Random comparisons on the columns of some rows. Every one is true for at least one row. */
public final class RandomPredicates {
    /** How the values of a comparison are chosen. */
    public enum Kind {
        /** An equality with the value of a random row: frequent values are asked for often. */
        VALUE_OF_A_ROW,

        /** An equality with a random value: most of them are rare. */
        ANY_VALUE,

        /** A range with one end, at the value of a random row. */
        HALF_OPEN,

        /** A range between the values of two random rows: most of them are wide. */
        BETWEEN_ROWS,

        /** A range between two values of which the logarithm of the number of rows is random: many are narrow. */
        ANY_WIDTH
    }

    /**
     * A comparison.
     *
     * @param column on which
     * @param range the values it is true for
     * @param rows how many rows it is true for
     */
    public record Predicate(String column, ValueRange range, long rows) {}

    private final Schema schema;
    private final List<List<Object>> sorted = new ArrayList<>(); // the values of each column, without null
    private final List<List<Object>> distinct = new ArrayList<>();

    /** Comparisons on the columns of {@code rows}. */
    public RandomPredicates(Schema schema, List<Row> rows) {
        this.schema = schema;
        for (int i = 0; i < schema.columns().size(); i++) {
            int index = i;
            ColumnType type = schema.columns().get(i).type();
            Comparator<Object> order = type::compare;
            List<Object> values = rows.stream()
                    .map(row -> row.get(index))
                    .filter(Objects::nonNull)
                    .map(Objects::requireNonNull)
                    .sorted(order)
                    .toList();
            sorted.add(values);
            distinct.add(values.stream().distinct().toList());
        }
    }

    /** A comparison on a random column. */
    public Predicate next(Kind kind, Random random) {
        int column = random.nextInt(sorted.size());
        List<Object> values = sorted.get(column);
        ValueRange range = switch (kind) {
            case VALUE_OF_A_ROW -> ValueRange.equalTo(any(values, random));
            case ANY_VALUE -> ValueRange.equalTo(any(distinct.get(column), random));
            case HALF_OPEN ->
                random.nextBoolean() ? ValueRange.atMost(any(values, random)) : ValueRange.atLeast(any(values, random));
            case BETWEEN_ROWS -> between(values, random.nextInt(values.size()), random.nextInt(values.size()));
            case ANY_WIDTH -> {
                int width = (int) Math.pow(values.size() - 1, random.nextDouble());
                int from = random.nextInt(values.size() - width);
                yield between(values, from, from + width);
            }
        };
        return new Predicate(schema.columns().get(column).name(), range, count(values, range));
    }

    private static Object any(List<Object> values, Random random) {
        return values.get(random.nextInt(values.size()));
    }

    private static ValueRange between(List<Object> values, int one, int other) {
        return ValueRange.between(values.get(Math.min(one, other)), values.get(Math.max(one, other)));
    }

    /** All ranges here include their ends. */
    private static long count(List<Object> values, ValueRange range) {
        int from = 0;
        int to = values.size();
        if (range.lower() != null) {
            Object lower = range.lower().value();
            from = partitionPoint(values, value -> RandomRows.compare(value, lower) < 0);
        }
        if (range.upper() != null) {
            Object upper = range.upper().value();
            to = partitionPoint(values, value -> RandomRows.compare(value, upper) <= 0);
        }
        return to - from;
    }

    private static int partitionPoint(List<Object> values, java.util.function.Predicate<Object> isBefore) {
        int low = 0;
        int high = values.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (isBefore.test(values.get(middle))) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
