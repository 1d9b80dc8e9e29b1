package storagelab.query.plan;

/**
 * What each unit of {@link Work} costs, in nanoseconds. Only the proportions matter for the choice of a plan.
 *
 * <p>Example: with the defaults, reading 1,000 rows in order costs 1,000 · 550 ns = 0.55 ms. Finding 100 of them by way of an index
 * costs 100 entries for 350 ns and 100 fetches for 1,500 ns, 0.185 ms. So an index pays here if less than about 30 % of the rows are
 * wanted.
 *
 * @param seekNanos a cursor opened and positioned
 * @param rowNanos a row read in order
 * @param fetchNanos a row by its primary key
 * @param entryNanos an entry of an index read in order
 * @param filterNanos a row compared with conditions
 * @param comparisonNanos two rows compared to sort them
 * @param hashNanos an entry put into or looked up in a table in memory
 */
public record CostModel(
        double seekNanos,
        double rowNanos,
        double fetchNanos,
        double entryNanos,
        double filterNanos,
        double comparisonNanos,
        double hashNanos) {
    /** Checks the numbers. */
    public CostModel {
        double[] all = {seekNanos, rowNanos, fetchNanos, entryNanos, filterNanos, comparisonNanos, hashNanos};
        for (double nanos : all) {
            if (!(nanos >= 0 && nanos < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("a cost of " + nanos + " ns");
            }
        }
    }

    /** Costs on one machine, with all pages in memory; see {@link CostCalibration} for those of this one. */
    public static CostModel defaults() {
        return new CostModel(2_000, 550, 1_500, 350, 30, 40, 150);
    }

    /** What some work costs. */
    public double nanos(Work work) {
        return work.seeks() * seekNanos
                + work.rows() * rowNanos
                + work.fetches() * fetchNanos
                + work.entries() * entryNanos
                + work.filters() * filterNanos
                + work.comparisons() * comparisonNanos
                + work.hashes() * hashNanos;
    }
}
