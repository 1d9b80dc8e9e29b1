package storagelab.grader.bench.peers;

import java.util.Set;
import storagelab.grader.bench.engine.EngineTask.Size;
import storagelab.grader.bench.engine.EngineTask.Timing;
import storagelab.grader.bench.engine.EngineWorkload;

/**
 * What is measured, and how long.
 *
 * @param size of the stores
 * @param largeSize of the store that is larger than its cache
 * @param rounds how often each engine is measured
 * @param timing how long things are measured
 * @param workloads what is done
 */
public record PeerPlan(Size size, Size largeSize, int rounds, Timing timing, Set<EngineWorkload> workloads) {
    private static final int RECORDS = 1_000_000;
    private static final int QUICK_RECORDS = 100_000;
    private static final int ROUNDS = 3;
    private static final long MEBIBYTE = 1L << 20;

    /** Of a million records; fewer or more records have as much less or more cache. */
    private static final long CACHE_BYTES = 256 * MEBIBYTE;

    private static final int LARGE_FACTOR = 5;
    private static final long LARGE_CACHE_BYTES = 64 * MEBIBYTE;
    private static final long CACHE_BYTES_MIN = 2 * MEBIBYTE;

    public PeerPlan {
        workloads = Set.copyOf(workloads);
    }

    /** A million records, three rounds: some minutes an engine. */
    public static PeerPlan standard() {
        return of(RECORDS, ROUNDS, new Timing(500, 1_500, 180_000));
    }

    /** A tenth of the records, one round: a quarter of a minute an engine, for a first impression. */
    public static PeerPlan quick() {
        return of(QUICK_RECORDS, 1, new Timing(150, 300, 30_000));
    }

    private static PeerPlan of(int records, int rounds, Timing timing) {
        return new PeerPlan(size(records), largeSize(records), rounds, timing, Set.of(EngineWorkload.values()));
    }

    private static Size size(int records) {
        return new Size(records, Math.max(CACHE_BYTES_MIN, CACHE_BYTES * records / RECORDS));
    }

    private static Size largeSize(int records) {
        return new Size(LARGE_FACTOR * records, Math.max(CACHE_BYTES_MIN, LARGE_CACHE_BYTES * records / RECORDS));
    }

    /** This plan with so many records, five times as many in the large store, and caches that fit. */
    public PeerPlan withRecords(int records) {
        return new PeerPlan(size(records), largeSize(records), rounds, timing, workloads);
    }

    /** This plan with so many rounds. */
    public PeerPlan withRounds(int count) {
        return new PeerPlan(size, largeSize, count, timing, workloads);
    }

    /** This plan with these workloads only. */
    public PeerPlan withWorkloads(Set<EngineWorkload> some) {
        return new PeerPlan(size, largeSize, rounds, timing, some);
    }

    /** When a JVM that does all of it is given up. */
    long timeoutMillis() {
        return 60_000 + workloads.size() * (timing.loadMillisMax() + timing.windowMillis());
    }
}
