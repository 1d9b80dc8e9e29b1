package storagelab.query.plan;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import storagelab.query.TableStatistics;

/**
 * The plan of a query that is executed again and again with other values for its parameters.
 *
 * <p>A query that gives a value for every column of the primary key has one best plan, which is kept for good. Any other plan was
 * chosen for the values it was made with: a condition that is true for half of the rows with one value may be true for one row with
 * another. It is used again as long as each condition is estimated to be true for about the same part of the rows as then, within a
 * factor of {@value #SAME_FACTOR}, and the limit is about the same; otherwise the query is planned again.
 *
 * <p>Concurrency: one thread at a time. The statistics are the same in every call.
 */
public final class PlanCache {
    private static final double SAME_FACTOR = 2;

    private final Planner planner;
    private @Nullable Plan plan;
    private boolean isForGood;
    private double[] plannedFor = {};
    private long planned;

    /** A cache without a plan. */
    public PlanCache(Planner planner) {
        this.planner = planner;
    }

    /** The plan to execute {@code query} with, which differs from the queries before in the values of its parameters only. */
    public Plan plan(BoundQuery query, Optional<TableStatistics> statistics) {
        Plan known = plan;
        if (known != null && isForGood) {
            return known;
        }
        RowEstimator estimator = new RowEstimator(query, statistics);
        double[] parts =
                Arrays.copyOf(estimator.selectivities(), query.filters().size() + 1);
        parts[parts.length - 1] = (double) query.limit() + query.offset();
        if (known == null || !isAlike(parts)) {
            known = planner.plan(query, statistics);
            plan = known;
            plannedFor = parts;
            isForGood = new PlanBuilder(query, estimator).isPointQuery();
            planned++;
        }
        return known;
    }

    /** How often a plan was made. */
    public long planned() {
        return planned;
    }

    private boolean isAlike(double[] parts) {
        for (int i = 0; i < parts.length; i++) {
            double larger = Math.max(parts[i], plannedFor[i]);
            double smaller = Math.min(parts[i], plannedFor[i]);
            if (larger > SAME_FACTOR * smaller) {
                return false;
            }
        }
        return true;
    }
}
