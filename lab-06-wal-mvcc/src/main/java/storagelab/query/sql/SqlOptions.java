package storagelab.query.sql;

import storagelab.api.Durability;
import storagelab.api.Isolation;
import storagelab.query.AnalyzeOptions;
import storagelab.query.plan.CostModel;

/**
 * How a session executes statements.
 *
 * @param isolation of transactions, and of statements outside of one
 * @param durability of commits
 * @param costs by which plans are compared
 * @param analyze how exact the statistics of ANALYZE are
 * @param analyzeSeed of the random numbers with which ANALYZE draws its sample
 */
public record SqlOptions(
        Isolation isolation, Durability durability, CostModel costs, AnalyzeOptions analyze, long analyzeSeed) {
    /** Snapshot isolation and buffered commits. */
    public static SqlOptions defaults() {
        return new SqlOptions(
                Isolation.SNAPSHOT, Durability.BUFFERED, CostModel.defaults(), AnalyzeOptions.defaults(), 1);
    }

    /** With another isolation. */
    public SqlOptions withIsolation(Isolation level) {
        return new SqlOptions(level, durability, costs, analyze, analyzeSeed);
    }

    /** With another durability. */
    public SqlOptions withDurability(Durability level) {
        return new SqlOptions(isolation, level, costs, analyze, analyzeSeed);
    }

    /** With other costs. */
    public SqlOptions withCosts(CostModel model) {
        return new SqlOptions(isolation, durability, model, analyze, analyzeSeed);
    }
}
