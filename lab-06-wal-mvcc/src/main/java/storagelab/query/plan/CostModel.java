package storagelab.query.plan;

/**
 * What each unit of {@link Work} costs, in nanoseconds. Only the proportions matter for the choice of a plan.
 *
 * <p>Example: with the defaults, reading 1,000 rows in order costs 1,000 · 550 ns = 0.55 ms, and finding 100 of them by their
 * primary keys costs 100 · 1,500 ns = 0.15 ms, to which 100 entries of an index for 200 ns each come. So an index pays here if less
 * than about a third of the rows is wanted.
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
