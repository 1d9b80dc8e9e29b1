package storagelab.query.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import storagelab.query.SecondaryIndex;
import storagelab.query.TableStatistics;

/**
 * Chooses how a query is answered: it builds every plan that could be the best, estimates what each does, and takes the one that
 * costs least.
 *
 * <p>The plans:
 *
 * <ul>
 *   <li>a <em>point lookup</em>, if every column of the primary key has one value
 *   <li>a <em>scan of the relation</em>, of all its rows or of a range of the primary key
 *   <li>for each index that bounds the keys, covers the query or has its order, a <em>scan of the index</em>. If the index has every
 *       column that the query needs, it <em>covers</em> the query; otherwise the rows are fetched, those that the conditions on the
 *       columns of the index have left
 *   <li>for each pair of indexes that bound their keys, the <em>intersection</em> of both
 * </ul>
 *
 * <p>Each is followed by the conditions that are left, a sort if its rows are in another order than the query wants, and the limit. A
 * scan in the right order is left as soon as the limit is reached, and costs only this part.
 *
 * <p>Costs are {@link Work}, weighed by a {@link CostModel}: a row read in order is one row; a row found by way of an index is one
 * entry and one fetch; a sort of n rows is n · log n comparisons, and of the best k of n rows about n. Rows are estimated by {@link
 * RowEstimator}.
 *
 * <p>Example: {@code SELECT * FROM cities WHERE country = 'VA' AND population > 500}, with 135,233 cities, one in a hundred thousand in
 * VA, and half of them with more than 500 inhabitants; an index on country and one on population. With the default costs:
 *
 * <table>
 * <caption>Three of the plans</caption>
 * <tr><th>plan</th><th>work</th><th>cost</th></tr>
 * <tr><td>scan of the relation</td><td>135,233 rows, 135,233 conditions</td><td>78 ms</td></tr>
 * <tr><td>index on population</td><td>67,616 entries, fetches and conditions</td><td>127 ms</td></tr>
 * <tr><td>index on country</td><td>1.4 entries, fetches and conditions</td><td>0.005 ms</td></tr>
 * </table>
 *
 * <p>Cost: O(number of indexes, squared) plans; some microseconds each.
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

    /** The plan that is expected to cost least. */
    public Plan plan(BoundQuery query, Optional<TableStatistics> statistics) {
        return candidates(query, statistics).stream()
                .min(Comparator.comparingDouble(this::cost))
                .orElseThrow();
    }

    /** Every plan that is considered. Each answers the query. */
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
