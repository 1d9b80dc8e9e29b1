package storagelab.query.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import storagelab.api.KeyRange;
import storagelab.query.KeyColumn;
import storagelab.query.Reads;
import storagelab.query.Row;
import storagelab.query.SecondaryIndex;
import storagelab.query.TableLayout;

/**
 * A plan that is executed with the values of one query: its rows, and what was done for them so far.
 *
 * <p>Concurrency: one thread at a time.
 */
public final class Execution implements RowCursor {
    private final Plan plan;
    private final BoundQuery query;
    private final Reads reads;
    private final Operator root;

    private Execution(Plan plan, BoundQuery query, Reads reads) {
        this.plan = plan;
        this.query = query;
        this.reads = reads;
        this.root = open(plan);
    }

    /** Executes a plan of {@code query}. Nothing is read before the first row is asked for. */
    public static Execution open(Plan plan, BoundQuery query, Reads reads) {
        return new Execution(plan, query, reads);
    }

    /** As {@link #open}, and the time that each operator takes is measured with {@code nanoTime}. */
    public static Execution measured(Plan plan, BoundQuery query, Reads reads, LongSupplier nanoTime) {
        Execution execution = new Execution(plan, query, reads);
        execution.root.measureWith(nanoTime);
        return execution;
    }

    @Override
    public @Nullable Row next() {
        return root.next();
    }

    @Override
    public void close() {
        root.close();
    }

    /** What was done so far. */
    public Work work() {
        return root.totalWork();
    }

    /** The plan. */
    public Plan plan() {
        return plan;
    }

    /** The operator at the root, whose tree is that of the plan. */
    Operator root() {
        return root;
    }

    private Operator open(Plan node) {
        if (node instanceof Plan.PointLookup lookup) {
            return query.isNever() ? new RowOperators.Empty() : open(lookup);
        } else if (node instanceof Plan.TableScan scan) {
            return query.isNever() ? new RowOperators.Empty() : open(scan);
        } else if (node instanceof Plan.IndexScan scan) {
            return query.isNever() ? new RowOperators.Empty() : open(scan);
        } else if (node instanceof Plan.Intersection both) {
            return new RowOperators.Intersection(both.table().layout(), open(both.first()), open(both.second()));
        } else if (node instanceof Plan.Fetch fetch) {
            return new ScanOperators.Fetch(reads, fetch.table().layout(), open(fetch.input()));
        } else if (node instanceof Plan.Filter filter) {
            return new RowOperators.Filter(open(filter.input()), filters(filter.columns()));
        } else if (node instanceof Plan.Sort sort) {
            return new RowOperators.Sort(
                    open(sort.input()), query.query().table().schema(), sort.order(), rowsToSort());
        } else if (node instanceof Plan.Limit limit) {
            return new RowOperators.Limit(open(limit.input()), query.offset(), query.limit());
        } else if (node instanceof Plan.Project project) {
            return new RowOperators.Project(open(project.input()), project.columns());
        } else if (node instanceof Plan.Count count) {
            return new RowOperators.Count(open(count.input()));
        }
        throw new AssertionError("no operator for " + node);
    }

    private Operator open(Plan.PointLookup lookup) {
        TableLayout layout = lookup.table().layout();
        int[] places = layout.keyIndexes();
        @Nullable Object[] key = new @Nullable Object[places.length];
        for (int i = 0; i < places.length; i++) {
            key[i] = filter(places[i]).point();
        }
        return ScanOperators.lookup(reads, layout, new Row(Arrays.asList(key)));
    }

    private Operator open(Plan.TableScan scan) {
        List<KeyColumn> columns = scan.table().layout().keys().columns();
        Row first = points(columns.subList(0, scan.bounds().equalColumns()));
        KeyRange range = scan.table().layout().keys().prefix(first);
        if (scan.bounds().hasRange()) {
            range = scan.table()
                    .layout()
                    .keys()
                    .range(first, filter(columns.get(first.size())).range());
        }
        return new ScanOperators.TableScan(reads, scan.table().layout(), range, scan.isBackward());
    }

    private Operator open(Plan.IndexScan scan) {
        SecondaryIndex index = scan.index();
        List<KeyColumn> columns = index.rangeColumns();
        Row first = points(columns.subList(0, scan.bounds().equalColumns()));
        if (Planner.isUniqueLookup(index, scan.bounds()) && !first.values().contains(null)) {
            return ScanOperators.lookup(reads, index, index.prefix(first).from());
        }
        KeyRange range = scan.bounds().hasRange()
                ? index.range(first, filter(columns.get(first.size())).range())
                : index.prefix(first);
        return new ScanOperators.IndexScan(reads, index, range, scan.isBackward());
    }

    private Row points(List<KeyColumn> columns) {
        List<@Nullable Object> values = new ArrayList<>(columns.size());
        columns.forEach(column -> values.add(filter(column).point()));
        return new Row(values);
    }

    private ColumnFilter filter(KeyColumn column) {
        return filter(query.query().table().schema().indexOf(column.column().name()));
    }

    private ColumnFilter filter(int column) {
        ColumnFilter filter = query.filter(column);
        if (filter == null) {
            throw new AssertionError("a plan with a bound on column " + column + ", on which there is no condition");
        }
        return filter;
    }

    private List<ColumnFilter> filters(List<Integer> columns) {
        return columns.stream().map(this::filter).toList();
    }

    private long rowsToSort() {
        long sum = query.limit() + query.offset();
        return sum < 0 ? Long.MAX_VALUE : sum; // it has overflown
    }
}
