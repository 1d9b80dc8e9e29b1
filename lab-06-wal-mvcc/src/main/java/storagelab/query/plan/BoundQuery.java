package storagelab.query.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import storagelab.query.Column;
import storagelab.query.ColumnType;
import storagelab.query.ValueRange;
import storagelab.query.plan.ColumnFilter.Shape;

/**
 * A query with a value for every parameter.
 *
 * <p>Concurrency: immutable.
 */
public final class BoundQuery {
    private static final char WILDCARD = '%';

    private final Query query;
    private final Map<Integer, ColumnFilter> filters;
    private final boolean isNever;
    private final long limit;
    private final long offset;

    private BoundQuery(Query query, Map<Integer, ColumnFilter> filters, boolean isNever, long limit, long offset) {
        this.query = query;
        this.filters = filters;
        this.isNever = isNever;
        this.limit = limit;
        this.offset = offset;
    }

    /**
     * The query with these values for its parameters.
     *
     * @throws IllegalArgumentException if a parameter has no value, or one that does not fit its column
     */
    public static BoundQuery of(Query query, List<@Nullable Object> parameters) {
        Binder binder = new Binder(query, parameters);
        query.conditions().forEach(binder::add);
        return binder.bind();
    }

    /** What is asked. */
    public Query query() {
        return query;
    }

    /** Whether no row can fulfil the conditions, because one compares with null or two exclude each other. */
    public boolean isNever() {
        return isNever;
    }

    /** How many rows at most; {@link Long#MAX_VALUE} for all. */
    public long limit() {
        return limit;
    }

    /** How many rows are passed over before. */
    public long offset() {
        return offset;
    }

    /** The conditions, by column. */
    Collection<ColumnFilter> filters() {
        return filters.values();
    }

    /** The conditions on a column; null if there are none. */
    @Nullable
    ColumnFilter filter(int column) {
        return filters.get(column);
    }

    /** Puts the conditions of each column together. */
    private static final class Binder {
        private final Query query;
        private final List<@Nullable Object> parameters;
        private final Map<Integer, ColumnFilter> filters = new LinkedHashMap<>();
        private boolean isNever;

        Binder(Query query, List<@Nullable Object> parameters) {
            this.query = query;
            this.parameters = parameters;
        }

        void add(Condition condition) {
            int column = condition.column();
            if (condition instanceof Condition.IsNull) {
                merge(column, Shape.NULL, ValueRange.all());
            } else if (condition instanceof Condition.IsNotNull) {
                merge(column, Shape.RANGE, ValueRange.all());
            } else if (condition instanceof Condition.Compare compare) {
                Object value = value(column, compare.operand());
                boolean isEqual = compare.comparison() == Condition.Comparison.EQUAL;
                merge(column, isEqual ? Shape.EQUAL : Shape.RANGE, range(compare.comparison(), value));
            } else if (condition instanceof Condition.Between between) {
                Object low = value(column, between.low());
                Object high = value(column, between.high());
                merge(column, Shape.RANGE, low == null || high == null ? never() : ValueRange.between(low, high));
            } else if (condition instanceof Condition.StartsWith startsWith) {
                Object pattern = value(column, startsWith.pattern());
                merge(column, Shape.RANGE, pattern == null ? never() : startingWith((String) pattern));
            }
        }

        private @Nullable Object value(int column, Operand operand) {
            return Coercion.to(query.table().schema().columns().get(column), operand.value(parameters));
        }

        private ValueRange range(Condition.Comparison comparison, @Nullable Object value) {
            if (value == null) {
                return never();
            }
            return switch (comparison) {
                case EQUAL -> ValueRange.equalTo(value);
                case LESS -> ValueRange.lessThan(value);
                case AT_MOST -> ValueRange.atMost(value);
                case GREATER -> ValueRange.greaterThan(value);
                case AT_LEAST -> ValueRange.atLeast(value);
            };
        }

        private ValueRange never() {
            isNever = true;
            return ValueRange.all();
        }

        private void merge(int column, Shape shape, ValueRange range) {
            ColumnType type = query.table().schema().columns().get(column).type();
            ColumnFilter before = filters.get(column);
            ColumnFilter filter = new ColumnFilter(column, type, shape, range);
            if (before != null) {
                boolean oneIsNull = before.shape() == Shape.NULL || shape == Shape.NULL;
                isNever |= oneIsNull && before.shape() != shape;
                Shape both = before.shape() == Shape.EQUAL || shape == Shape.EQUAL ? Shape.EQUAL : shape;
                filter = new ColumnFilter(column, type, both, ColumnFilter.intersect(type, before.range(), range));
            }
            isNever |= filter.isNever();
            filters.put(column, filter);
        }

        BoundQuery bind() {
            return new BoundQuery(
                    query,
                    filters,
                    isNever,
                    number(query.limit(), "LIMIT", Long.MAX_VALUE),
                    number(query.offset(), "OFFSET", 0));
        }

        private long number(@Nullable Operand operand, String what, long otherwise) {
            if (operand == null) {
                return otherwise;
            }
            Column column = Column.required(what, ColumnType.BIGINT);
            Object value = Coercion.to(column, operand.value(parameters));
            if (value == null || (Long) value < 0) {
                throw new IllegalArgumentException(what + " is " + value + ", and has to be 0 or more");
            }
            return (Long) value;
        }
    }

    /** The texts that a pattern such as {@code Par%} matches: from {@code Par} on, and before {@code Pas}. */
    static ValueRange startingWith(String pattern) {
        int end = pattern.length() - 1;
        boolean isPrefix = end >= 0 && pattern.charAt(end) == WILDCARD;
        String prefix = isPrefix ? pattern.substring(0, end) : pattern;
        if (prefix.indexOf(WILDCARD) >= 0 || prefix.indexOf('_') >= 0) {
            throw new IllegalArgumentException("LIKE '" + pattern
                    + "' is not supported: a pattern is a text without % and _, and may have one % at its end");
        }
        if (!isPrefix) {
            return ValueRange.equalTo(pattern);
        }
        List<Integer> codePoints = new ArrayList<>(prefix.codePoints().boxed().toList());
        while (!codePoints.isEmpty()) {
            int last = codePoints.remove(codePoints.size() - 1);
            if (last < Character.MAX_CODE_POINT) {
                int next = last + 1 == Character.MIN_SURROGATE ? Character.MAX_SURROGATE + 1 : last + 1;
                StringBuilder above = new StringBuilder();
                codePoints.forEach(above::appendCodePoint);
                above.appendCodePoint(next);
                return new ValueRange(
                        new ValueRange.Bound(prefix, true), new ValueRange.Bound(above.toString(), false));
            }
        }
        return ValueRange.atLeast(prefix); // nothing but the greatest code points, or nothing at all
    }
}
