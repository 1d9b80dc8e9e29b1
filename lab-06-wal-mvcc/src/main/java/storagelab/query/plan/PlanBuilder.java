package storagelab.query.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import storagelab.course.ExercisePart;
import storagelab.query.KeyColumn;
import storagelab.query.Schema;
import storagelab.query.SecondaryIndex;
import storagelab.query.TableDefinition;
import storagelab.query.plan.ColumnFilter.Shape;

/** Builds the plans of one query, with what each is expected to return and to do. */
final class PlanBuilder {
    /**
     * A part of a plan that has rows.
     *
     * @param plan of which
     * @param known the columns that its rows have; the others are null there
     * @param applied the columns whose conditions its rows fulfil
     * @param isOrdered whether its rows are in the order of the query
     */
    private record Path(Plan plan, Set<Integer> known, Set<Integer> applied, boolean isOrdered) {}

    private enum Direction {
        FORWARD,
        BACKWARD
    }

    private final BoundQuery bound;
    private final Query query;
    private final TableDefinition table;
    private final Schema schema;
    private final RowEstimator estimator;
    private final Set<Integer> conditions;
    private final Set<Integer> allColumns;

    PlanBuilder(BoundQuery bound, RowEstimator estimator) {
        this.bound = bound;
        this.query = bound.query();
        this.table = query.table();
        this.schema = table.schema();
        this.estimator = estimator;
        this.conditions = bound.filters().stream().map(ColumnFilter::column).collect(Collectors.toSet());
        this.allColumns = IntStream.range(0, schema.columns().size()).boxed().collect(Collectors.toSet());
    }

    /** Whether every column of the primary key has one value. */
    boolean isPointQuery() {
        return bounds(table.layout().keys().columns()).equalColumns()
                == schema.primaryKey().size();
    }

    Plan pointLookup() {
        Set<Integer> key = places(table.layout().keys().columns());
        CostEstimate estimate = new CostEstimate(1, Work.NONE, Work.ofFetches(1));
        return finish(new Path(new Plan.PointLookup(table, estimate), allColumns, key, true));
    }

    Plan tableScan() {
        List<KeyColumn> columns = table.layout().keys().columns();
        KeyBounds bounds = bounds(columns);
        Set<Integer> applied = places(columns.subList(0, bounds.columns()));
        Direction direction = direction(columns);
        double rows = estimator.rows(applied);
        Work startup = Work.ofSeeks(1);
        CostEstimate estimate = new CostEstimate(rows, startup, startup.plus(Work.ofRows(rows)));
        return finish(new Path(
                new Plan.TableScan(table, bounds, direction == Direction.BACKWARD, estimate),
                allColumns,
                applied,
                direction != null));
    }

    /**
     * Whether a scan of the index could be better than a scan of the relation. It could in any of three cases: conditions bound its
     * keys; it <em>covers</em> the query, which means that it has every column that the query needs; or the query has an order, and
     * the index has it in one direction or the other.
     */
    @ExercisePart("6.14")
    boolean isUseful(SecondaryIndex index) {
        boolean isCovering = places(index.columns()).containsAll(query.neededColumns());
        boolean isOrdered = !query.order().isEmpty() && direction(index.columns()) != null;
        return !bounds(index.rangeColumns()).isAll() || isCovering || isOrdered;
    }

    Plan indexScan(SecondaryIndex index) {
        return finish(scan(index));
    }

    /**
     * Whether the rows that both indexes find may be fewer than those of either: the keys of each are bounded by a condition on a
     * column that does not bound those of the other.
     *
     * <p>Example: with {@code country = 'FR' AND population > 500}, an index on country and one on population can be intersected. An
     * index on country and one on {@code (country, population)} cannot: the second alone finds no more.
     */
    @ExercisePart("6.14")
    boolean canIntersect(SecondaryIndex one, SecondaryIndex other) {
        Set<Integer> bounded = boundedColumns(one);
        Set<Integer> boundedByOther = boundedColumns(other);
        return !bounded.containsAll(boundedByOther) && !boundedByOther.containsAll(bounded);
    }

    private Set<Integer> boundedColumns(SecondaryIndex index) {
        return places(
                index.rangeColumns().subList(0, bounds(index.rangeColumns()).columns()));
    }

    Plan intersection(SecondaryIndex one, SecondaryIndex other) {
        Path left = filtered(scan(one));
        Path right = filtered(scan(other));
        boolean leftIsSmaller =
                left.plan.estimate().rows() <= right.plan.estimate().rows();
        Path first = leftIsSmaller ? left : right;
        Path second = leftIsSmaller ? right : left;
        Set<Integer> applied = new HashSet<>(left.applied);
        applied.addAll(right.applied);
        Set<Integer> known = new HashSet<>(left.known);
        known.addAll(right.known);
        CostEstimate build = first.plan.estimate();
        CostEstimate probe = second.plan.estimate();
        Work startup = build.total().plus(Work.ofHashes(build.rows())).plus(probe.startup());
        Work running = probe.total().plus(probe.startup().times(-1)).plus(Work.ofHashes(probe.rows()));
        CostEstimate estimate = new CostEstimate(estimator.rows(applied), startup, startup.plus(running));
        return finish(new Path(
                new Plan.Intersection(table, first.plan, second.plan, estimate), known, applied, second.isOrdered));
    }

    private Path scan(SecondaryIndex index) {
        KeyBounds bounds = bounds(index.rangeColumns());
        Set<Integer> applied = places(index.rangeColumns().subList(0, bounds.columns()));
        Direction direction = direction(index.columns());
        double rows = estimator.rows(applied);
        CostEstimate estimate =
                new CostEstimate(rows, Work.ofSeeks(1), Work.ofSeeks(1).plus(Work.ofEntries(rows)));
        if (Planner.isUniqueLookup(index, bounds)) {
            estimate = new CostEstimate(Math.min(1, rows), Work.NONE, Work.ofFetches(1));
        }
        return new Path(
                new Plan.IndexScan(index, bounds, direction == Direction.BACKWARD, estimate),
                places(index.columns()),
                applied,
                direction != null);
    }

    /** Adds whatever is missing between the rows of {@code path} and the answer. */
    private Plan finish(Path path) {
        Path rows = filtered(path);
        if (!rows.known.containsAll(query.neededColumns())) {
            CostEstimate input = rows.plan.estimate();
            CostEstimate estimate = input.then(Work.ofFetches(input.rows()), input.rows());
            rows = filtered(
                    new Path(new Plan.Fetch(table, rows.plan, estimate), allColumns, rows.applied, rows.isOrdered));
        }
        if (query.isCount()) {
            CostEstimate estimate =
                    CostEstimate.blocking(1, rows.plan.estimate().total());
            return limited(new Plan.Count(rows.plan, estimate));
        }
        Plan ordered = rows.isOrdered ? rows.plan : sorted(rows.plan);
        Plan limited = limited(ordered);
        return new Plan.Project(limited, query.output(), limited.estimate());
    }

    /** With the conditions on the columns that are known, as far as they are not applied yet. */
    private Path filtered(Path path) {
        List<Integer> columns = conditions.stream()
                .filter(path.known::contains)
                .filter(column -> !path.applied.contains(column))
                .sorted()
                .toList();
        if (columns.isEmpty()) {
            return path;
        }
        Set<Integer> applied = new HashSet<>(path.applied);
        applied.addAll(columns);
        CostEstimate input = path.plan.estimate();
        double rows = Math.min(input.rows(), estimator.rows(applied));
        CostEstimate estimate = input.then(Work.ofFilters(input.rows()), rows);
        return new Path(new Plan.Filter(path.plan, columns, estimate), path.known, applied, path.isOrdered);
    }

    private Plan sorted(Plan input) {
        double rows = input.estimate().rows();
        double kept = Math.min(rows, wanted());
        Work comparisons = Work.ofComparisons(comparisons(rows, kept));
        return new Plan.Sort(
                input,
                query.order(),
                CostEstimate.blocking(kept, input.estimate().total().plus(comparisons)));
    }

    /** How often rows are compared until the first {@code kept} of {@code rows} are sorted. */
    private static double comparisons(double rows, double kept) {
        if (rows < 2 || kept < 1) {
            return 0;
        }
        double logKept = Math.log(Math.max(2, kept)) / Math.log(2);
        double replaced = kept * Math.log(rows / kept); // rows that are among the best when they come
        return (kept < rows ? rows + 2 * replaced * logKept : 0) + kept * logKept;
    }

    private Plan limited(Plan input) {
        if (query.limit() == null && query.offset() == null) {
            return input;
        }
        double rows = input.estimate().rows();
        double fraction = rows <= wanted() ? 1 : wanted() / rows;
        Plan left = input.scaled(fraction);
        double returned = Math.max(0, left.estimate().rows() - bound.offset());
        CostEstimate estimate = left.estimate();
        return new Plan.Limit(left, new CostEstimate(returned, estimate.startup(), estimate.total()));
    }

    /** After how many rows the answer is complete. */
    private double wanted() {
        return (double) bound.limit() + bound.offset();
    }

    /**
     * Which conditions bound the keys of these columns. The first columns that each have one value, or null, count as equal. A range
     * of the column after them is the last condition that bounds: whatever follows it in the keys is in no order any more. A column
     * without a condition ends it, too.
     *
     * <p>Example: the columns {@code (country, admin, population)}. {@code country = 'FR' AND admin IS NULL AND population > 500} is
     * two equal columns and a range. {@code country = 'FR' AND population > 500} is one equal column and no range. {@code country >
     * 'FR' AND admin = '11'} is no equal column and a range.
     */
    @ExercisePart("6.14")
    private KeyBounds bounds(List<KeyColumn> columns) {
        int equal = 0;
        for (KeyColumn column : columns) {
            ColumnFilter filter = bound.filter(place(column));
            if (filter == null || filter.shape() == Shape.RANGE) {
                return new KeyBounds(equal, filter != null);
            }
            equal++;
        }
        return new KeyBounds(equal, false);
    }

    /**
     * In which direction keys of these columns, which the primary key is among, have the order of the query; null if in none. The
     * columns of the order must be the first columns of the keys, all in the direction of the keys (forward) or all in the other one
     * (backward). Columns that have one value in all rows, see {@link #isConstant}, are of no importance, neither in the keys nor in
     * the order. If all columns of the keys are used up, the rest of the order does not matter, since no two rows are equal up to
     * there. A query without an order has it forward.
     *
     * <p>Example: the keys {@code (country, population DESC, id)}. {@code ORDER BY country, population DESC} is forward, {@code ORDER BY
     * country DESC, population} backward, {@code ORDER BY country, population} neither, and so is {@code ORDER BY population}. With
     * {@code country = 'FR'}, {@code ORDER BY population} is backward.
     */
    @ExercisePart("6.14")
    private @Nullable Direction direction(List<KeyColumn> columns) {
        List<KeyColumn> varying = new ArrayList<>(columns);
        varying.removeIf(column -> isConstant(place(column)));
        Direction direction = null;
        int next = 0;
        for (OrderBy by : query.order()) {
            if (isConstant(by.column())) {
                continue;
            }
            if (next == varying.size()) {
                break; // no two rows are equal up to here
            }
            KeyColumn key = varying.get(next++);
            Direction wanted = key.order() == by.order() ? Direction.FORWARD : Direction.BACKWARD;
            if (place(key) != by.column() || (direction != null && direction != wanted)) {
                return null;
            }
            direction = wanted;
        }
        return direction == null ? Direction.FORWARD : direction;
    }

    private boolean isConstant(int column) {
        ColumnFilter filter = bound.filter(column);
        return filter != null && filter.shape() != Shape.RANGE;
    }

    private int place(KeyColumn column) {
        return schema.indexOf(column.column().name());
    }

    private Set<Integer> places(List<KeyColumn> columns) {
        return columns.stream().map(this::place).collect(Collectors.toSet());
    }
}
