package storagelab.query.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.query.ColumnType;
import storagelab.query.Row;
import storagelab.query.Schema;
import storagelab.query.SortOrder;
import storagelab.query.TableLayout;

/** The operators that work on rows in memory. */
final class RowOperators {
    private RowOperators() {}

    /** The rows that fulfil conditions. */
    static final class Filter extends Operator {
        private final Operator input;
        private final List<ColumnFilter> filters;

        Filter(Operator input, List<ColumnFilter> filters) {
            super(input);
            this.input = input;
            this.filters = filters;
        }

        @Override
        @Nullable
        Row advance() {
            for (Row row = input.next(); row != null; row = input.next()) {
                counter.filters++;
                if (acceptsAll(row)) {
                    return row;
                }
            }
            return null;
        }

        private boolean acceptsAll(Row row) {
            for (ColumnFilter filter : filters) {
                if (!filter.accepts(row.get(filter.column()))) {
                    return false;
                }
            }
            return true;
        }
    }

    /** The rows of the second input whose primary keys the first input has, too. The first is kept in memory. */
    static final class Intersection extends Operator {
        private final TableLayout layout;
        private final Operator first;
        private final Operator second;
        private @Nullable Map<Slice, Row> rowsOfFirst;

        Intersection(TableLayout layout, Operator first, Operator second) {
            super(first, second);
            this.layout = layout;
            this.first = first;
            this.second = second;
        }

        @Override
        @Nullable
        Row advance() {
            Map<Slice, Row> known = rowsOfFirst == null ? readFirst() : rowsOfFirst;
            rowsOfFirst = known;
            if (known.isEmpty()) {
                return null;
            }
            for (Row row = second.next(); row != null; row = second.next()) {
                counter.hashes++;
                Row match = known.get(layout.keyOf(row));
                if (match != null) {
                    return merge(match, row);
                }
            }
            return null;
        }

        private Map<Slice, Row> readFirst() {
            Map<Slice, Row> rows = new HashMap<>();
            for (Row row = first.next(); row != null; row = first.next()) {
                counter.hashes++;
                rows.put(layout.keyOf(row), row);
            }
            return rows;
        }

        private static Row merge(Row one, Row other) {
            @Nullable Object[] merged = new @Nullable Object[one.size()];
            for (int i = 0; i < merged.length; i++) {
                merged[i] = one.get(i) == null ? other.get(i) : one.get(i);
            }
            return new Row(Arrays.asList(merged));
        }
    }

    /** The rows in another order; only the first {@code most} of them. */
    static final class Sort extends Operator {
        private final Operator input;
        private final long most;
        private final Comparator<Row> order;
        private @Nullable Iterator<Row> sorted;

        Sort(Operator input, Schema schema, List<OrderBy> columns, long most) {
            super(input);
            this.input = input;
            this.most = most;
            Comparator<Row> byColumns = comparator(schema, columns);
            this.order = (left, right) -> {
                counter.comparisons++;
                return byColumns.compare(left, right);
            };
        }

        @Override
        @Nullable
        Row advance() {
            Iterator<Row> rows = sorted == null ? sort() : sorted;
            sorted = rows;
            return rows.hasNext() ? rows.next() : null;
        }

        private Iterator<Row> sort() {
            if (most == 0) {
                return Collections.emptyIterator();
            }
            PriorityQueue<Row> worstFirst = new PriorityQueue<>(order.reversed());
            List<Row> rows = new ArrayList<>();
            for (Row row = input.next(); row != null; row = input.next()) {
                if (most == Long.MAX_VALUE) {
                    rows.add(row);
                } else if (worstFirst.size() < most) {
                    worstFirst.add(row);
                } else if (order.compare(row, worstFirst.element()) < 0) {
                    worstFirst.remove();
                    worstFirst.add(row);
                }
            }
            rows.addAll(worstFirst);
            rows.sort(order);
            return rows.iterator();
        }
    }

    /** The order of rows by some columns. */
    static Comparator<Row> comparator(Schema schema, List<OrderBy> columns) {
        return (left, right) -> {
            for (OrderBy by : columns) {
                int order = compare(
                        schema.columns().get(by.column()).type(), left.get(by.column()), right.get(by.column()));
                if (order != 0) {
                    return by.order() == SortOrder.ASCENDING ? order : -order;
                }
            }
            return 0;
        };
    }

    private static int compare(ColumnType type, @Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            return Boolean.compare(left != null, right != null);
        }
        return type.compare(left, right);
    }

    /** So many rows, after so many that are passed over. */
    static final class Limit extends Operator {
        private final Operator input;
        private long toPass;
        private long left;

        Limit(Operator input, long offset, long limit) {
            super(input);
            this.input = input;
            this.toPass = offset;
            this.left = limit;
        }

        @Override
        @Nullable
        Row advance() {
            if (left == 0) {
                return null;
            }
            for (; toPass > 0; toPass--) {
                if (input.next() == null) {
                    left = 0;
                    return null;
                }
            }
            left--;
            return input.next();
        }
    }

    /** Some columns of the rows. */
    static final class Project extends Operator {
        private final Operator input;
        private final List<Integer> columns;

        Project(Operator input, List<Integer> columns) {
            super(input);
            this.input = input;
            this.columns = columns;
        }

        @Override
        @Nullable
        Row advance() {
            Row row = input.next();
            if (row == null) {
                return null;
            }
            @Nullable Object[] picked = new @Nullable Object[columns.size()];
            for (int i = 0; i < picked.length; i++) {
                picked[i] = row.get(columns.get(i));
            }
            return new Row(Arrays.asList(picked));
        }
    }

    /** One row with the number of the rows. */
    static final class Count extends Operator {
        private final Operator input;
        private boolean isDone;

        Count(Operator input) {
            super(input);
            this.input = input;
        }

        @Override
        @Nullable
        Row advance() {
            if (isDone) {
                return null;
            }
            isDone = true;
            long count = 0;
            while (input.next() != null) {
                count++;
            }
            return Row.of(count);
        }
    }

    /** No rows, for conditions that no row can fulfil. */
    static final class Empty extends Operator {
        @Override
        @Nullable
        Row advance() {
            return null;
        }
    }
}
