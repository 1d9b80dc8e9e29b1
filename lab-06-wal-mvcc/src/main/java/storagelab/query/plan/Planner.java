package storagelab.query.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.course.ExercisePart;
import storagelab.query.SecondaryIndex;
import storagelab.query.TableStatistics;

/**
 * Chooses how a query is answered: it builds every plan that could be the best, estimates what each does, and takes the one that
 * costs least.
 *
 * <p>Costs are {@link Work}, weighed by a {@link CostModel}: a row read in order is one row; a row found by way of an index is one
 * entry and one fetch; a sort of n rows is n · log n comparisons, and of the best k of n rows about n. Rows are estimated by {@link
 * RowEstimator}. {@link PlanBuilder} builds a plan with its estimate.
 *
 * <p>Concurrency: immutable.
 */
public final class Planner {
    private final CostModel model;

    /** A planner that weighs work by {@code model}. */
    public Planner(CostModel model) {
        this.model = model;
    }

    /** What the planner weighs work by. */
    public CostModel model() {
        return model;
    }

    /**
     * The plan that is expected to cost least: of all {@link #candidates}, the one with the smallest {@link #cost}, and of several
     * with the same cost the first.
     *
     * <p>Example: {@code SELECT * FROM cities WHERE country = 'VA' AND population > 500}, with 135,233 cities, one in a hundred
     * thousand in VA, and half of them with more than 500 inhabitants; an index on country and one on population. With the default
     * costs:
     *
     * <table>
     * <caption>Three of the plans</caption>
     * <tr><th>plan</th><th>work</th><th>cost</th></tr>
     * <tr><td>scan of the relation</td><td>135,233 rows, 135,233 conditions</td><td>78 ms</td></tr>
     * <tr><td>index on population</td><td>67,616 entries, fetches and conditions</td><td>127 ms</td></tr>
     * <tr><td>index on country</td><td>1.4 entries, fetches and conditions</td><td>0.005 ms</td></tr>
     * </table>
     *
     * @param statistics of the relation; empty if it was never analyzed
     */
    @Exercise(
            id = "6.14",
            title = "The cheapest plan",
            points = 7,
            difficulty = Difficulty.HARD,
            hours = 5,
            needs = {"6.12", "6.13"})
    public Plan plan(BoundQuery query, Optional<TableStatistics> statistics) {
        return candidates(query, statistics).stream()
                .min(Comparator.comparingDouble(this::cost))
                .orElseThrow();
    }

    /**
     * Every plan that is considered, each built by {@link PlanBuilder}. Each answers the query. They are
     *
     * <ul>
     *   <li>a <em>point lookup</em>, if every column of the primary key has one value
     *   <li>always a <em>scan of the relation</em>, of all its rows or of a range of the primary key
     *   <li>for each index that is useful, see {@link PlanBuilder#isUseful}, a <em>scan of the index</em>
     *   <li>for each pair of indexes that can be intersected, see {@link PlanBuilder#canIntersect}, the <em>intersection</em> of both
     * </ul>
     *
     * <p>in this order, and in that of the relation's indexes. The builder adds to each what is missing: the rows of an index that does
     * not cover the query are fetched, the conditions that are left are checked, rows in another order are sorted, and the limit ends
     * it. A scan in the right order ends as soon as the limit is reached, and costs only this part.
     *
     * <p>Cost: O(number of indexes, squared) plans; nothing is read from the store.
     */
    @ExercisePart("6.14")
    public List<Plan> candidates(BoundQuery query, Optional<TableStatistics> statistics) {
        PlanBuilder builder = new PlanBuilder(query, new RowEstimator(query, statistics));
        List<Plan> plans = new ArrayList<>();
        if (builder.isPointQuery()) {
            plans.add(builder.pointLookup());
        }
        plans.add(builder.tableScan());
        List<SecondaryIndex> indexes = query.query().table().indexes();
        for (SecondaryIndex index : indexes) {
            if (builder.isUseful(index)) {
                plans.add(builder.indexScan(index));
            }
        }
        for (int i = 0; i < indexes.size(); i++) {
            for (int j = i + 1; j < indexes.size(); j++) {
                if (builder.canIntersect(indexes.get(i), indexes.get(j))) {
                    plans.add(builder.intersection(indexes.get(i), indexes.get(j)));
                }
            }
        }
        return plans;
    }

    /** What a plan is expected to cost, in nanoseconds. */
    public double cost(Plan plan) {
        return model.nanos(plan.estimate().total());
    }

    /** Whether a scan with these bounds finds at most one entry, by its key. */
    static boolean isUniqueLookup(SecondaryIndex index, KeyBounds bounds) {
        return index.definition().unique()
                && bounds.equalColumns() == index.definition().columns().size();
    }
}
