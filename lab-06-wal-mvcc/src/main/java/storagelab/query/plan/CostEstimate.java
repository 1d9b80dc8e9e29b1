package storagelab.query.plan;

/**
 * What a plan is expected to return and to do.
 *
 * @param rows that it returns
 * @param startup the work before its first row
 * @param total the work until its last row, the startup included
 */
public record CostEstimate(double rows, Work startup, Work total) {
    /** A plan that has to do all of its work before its first row. */
    static CostEstimate blocking(double rows, Work total) {
        return new CostEstimate(rows, total, total);
    }

    /** If the plan is left after this part of its rows. */
    CostEstimate scaled(double fraction) {
        Work running = total.plus(startup.times(-1));
        return new CostEstimate(rows * fraction, startup, startup.plus(running.times(fraction)));
    }

    /** With work that is added for each row, and so many rows that are left of them. */
    CostEstimate then(Work added, double rowsLeft) {
        return new CostEstimate(rowsLeft, startup, total.plus(added));
    }
}
