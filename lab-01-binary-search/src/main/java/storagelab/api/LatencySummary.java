package storagelab.api;

/**
 * How long calls of one kind took.
 *
 * @param count number of calls
 * @param p50Nanos half of the calls took no longer
 * @param p99Nanos 99 of 100 took no longer
 * @param p999Nanos 999 of 1,000 took no longer
 * @param maxNanos none took longer
 * @param sumNanos all calls together, within one in a hundred
 */
public record LatencySummary(long count, long p50Nanos, long p99Nanos, long p999Nanos, long maxNanos, long sumNanos) {
    /** No calls yet. */
    public static final LatencySummary NONE = new LatencySummary(0, 0, 0, 0, 0, 0);
}
