package storagelab.query.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.course.ExercisePart;
import storagelab.course.Solution;
import storagelab.query.KeyColumn;
import storagelab.query.Schema;
import storagelab.query.SortOrder;
import storagelab.query.TableStatistics;
import storagelab.query.plan.Explanation.Actual;
import storagelab.query.plan.Explanation.Node;

/**
 * Tells of a plan what it does and what the planner expects of it; and of an execution also what it has done, so that it can be read
 * off where the planner was wrong.
 *
 * <p>Example: a relation had 200 rows of ten kinds when it was analyzed, and has got 500 rows of kind 0 since:
 *
 * <pre>
 * Project id, kind  (estimated: 20 rows, 2.0 µs)  (actual: 520 rows, 0 gets, 0 entries, 1563.0 µs)  &lt;== more rows than estimated, by a factor of 26
 *   Index scan by_kind: kind = 0  (estimated: 20 rows, 2.0 µs)  (actual: 520 rows, 0 gets, 520 entries, 521.0 µs)  &lt;== more rows than estimated, by a factor of 26
 * </pre>
 */
public final class Explain {
    /** By which factor an estimate may be wrong without being marked. */
    public static final double OFF_FACTOR = 10;

    private static final double NANOS_OF_A_MICRO = 1_000;

    private final BoundQuery query;
    private final CostModel model;
    private final Schema schema;

    private Explain(BoundQuery query, CostModel model) {
        this.query = query;
        this.model = model;
        this.schema = query.query().table().schema();
    }

    /**
     * What the planner expects of a plan: a {@link Node} for it, with a node for each of its inputs, in their order, and so on. Names
     * and details are given by {@code name} and {@code detail}; rows are those of its estimate, and its time is the total of its
     * estimate as {@code model} weighs it, in microseconds. Nothing is read from the store, and no node has actual numbers.
     */
    @Exercise(
            id = "6.15",
            title = "Where the estimate went wrong",
            points = 3,
            difficulty = Difficulty.EASY,
            hours = 2,
            needs = "6.14")
    public static Explanation plan(Plan plan, BoundQuery query, CostModel model) {
        return new Explanation(new Explain(query, model).node(plan, null), Map.of());
    }

    /**
     * What the planner expected of a plan, and what its execution has done so far. The operators of an execution are a tree of the same
     * shape as the plan. To the nodes of {@link #plan}, each operator adds its {@link Actual}:
     *
     * <ul>
     *   <li>the rows that it has returned; its own gets (fetches); its own steps (rows and entries); and the time of its calls, in
     *       microseconds
     *   <li>its error, the q-error of the estimated and the returned rows, see {@link TableStatistics#qError}
     *   <li>whether it is off: whether the error is more than {@link #OFF_FACTOR}. An operator that was left before its end, as below a
     *       limit, has returned fewer rows than it could; so it is off only if it has returned more than estimated.
     * </ul>
     *
     * <p>The lowest operator that is off is the one to look at: those above it got a wrong number from it.
     *
     * <p>Example: 5 rows were estimated. If 60 came, the error is 12, and it is off, whether or not there were more. If the operator was
     * left after the first row of 500 that were estimated, the error is 500, and it is not off.
     */
    @ExercisePart("6.15")
    public static Explanation execution(Execution execution, BoundQuery query, CostModel model) {
        return new Explanation(new Explain(query, model).node(execution.plan(), execution.root()), Map.of());
    }

    @Solution
    private Node node(Plan plan, @Nullable Operator operator) {
        List<Node> inputs = new ArrayList<>();
        for (int i = 0; i < plan.inputs().size(); i++) {
            inputs.add(node(
                    plan.inputs().get(i),
                    operator == null ? null : operator.inputs().get(i)));
        }
        double rows = plan.estimate().rows();
        return new Node(
                name(plan),
                detail(plan),
                rows,
                model.nanos(plan.estimate().total()) / NANOS_OF_A_MICRO,
                operator == null ? null : actual(rows, operator),
                List.copyOf(inputs));
    }

    @Solution
    private static Actual actual(double estimated, Operator operator) {
        Work work = operator.counter.toWork();
        double error = TableStatistics.qError(estimated, operator.returned());
        boolean isComparable = operator.wasExhausted() || operator.returned() > estimated;
        return new Actual(
                operator.returned(),
                (long) work.fetches(),
                (long) (work.rows() + work.entries()),
                operator.nanos() / NANOS_OF_A_MICRO,
                error,
                isComparable && error > OFF_FACTOR);
    }

    private static String name(Plan plan) {
        if (plan instanceof Plan.PointLookup) {
            return "Point lookup";
        } else if (plan instanceof Plan.TableScan scan) {
            return (scan.bounds().isAll() ? "Full scan" : "Range scan") + backward(scan.isBackward());
        } else if (plan instanceof Plan.IndexScan scan) {
            boolean isLookup = Planner.isUniqueLookup(scan.index(), scan.bounds());
            return (isLookup ? "Unique index lookup" : "Index scan") + backward(scan.isBackward());
        } else if (plan instanceof Plan.Intersection) {
            return "Intersection";
        } else if (plan instanceof Plan.Fetch) {
            return "Fetch rows";
        }
        return plan.getClass().getSimpleName();
    }

    private static String backward(boolean isBackward) {
        return isBackward ? " backward" : "";
    }

    private String detail(Plan plan) {
        if (plan instanceof Plan.PointLookup lookup) {
            List<KeyColumn> key = lookup.table().layout().keys().columns();
            return "of " + lookup.table().name() + bounds(key, new KeyBounds(key.size(), false));
        } else if (plan instanceof Plan.TableScan scan) {
            return "of " + scan.table().name()
                    + bounds(scan.table().layout().keys().columns(), scan.bounds());
        } else if (plan instanceof Plan.IndexScan scan) {
            return scan.index().definition().name() + bounds(scan.index().rangeColumns(), scan.bounds());
        } else if (plan instanceof Plan.Fetch fetch) {
            return "of " + fetch.table().name();
        } else if (plan instanceof Plan.Filter filter) {
            return conditions(filter.columns());
        } else if (plan instanceof Plan.Sort sort) {
            return sort.order().stream().map(this::describe).collect(Collectors.joining(", "));
        } else if (plan instanceof Plan.Limit) {
            return (query.limit() == Long.MAX_VALUE ? "all" : String.valueOf(query.limit()))
                    + (query.offset() == 0 ? "" : " after " + query.offset());
        } else if (plan instanceof Plan.Project project) {
            return project.columns().stream().map(this::columnName).collect(Collectors.joining(", "));
        }
        return "";
    }

    private String bounds(List<KeyColumn> columns, KeyBounds bounds) {
        if (bounds.isAll()) {
            return "";
        }
        List<Integer> bounded = columns.subList(0, bounds.columns()).stream()
                .map(key -> schema.indexOf(key.column().name()))
                .toList();
        return ": " + conditions(bounded);
    }

    private String conditions(List<Integer> columns) {
        return columns.stream().map(this::condition).collect(Collectors.joining(" AND "));
    }

    private String condition(int column) {
        ColumnFilter filter = query.filter(column);
        if (filter == null) {
            throw new AssertionError("a plan with a condition on " + columnName(column) + ", which the query has not");
        }
        return columnName(column)
                + switch (filter.shape()) {
                    case EQUAL -> " = " + filter.point();
                    case NULL -> " IS NULL";
                    case RANGE -> " in " + filter.range();
                };
    }

    private String describe(OrderBy by) {
        return columnName(by.column()) + (by.order() == SortOrder.DESCENDING ? " DESC" : "");
    }

    private String columnName(int column) {
        return schema.columns().get(column).name();
    }
}
