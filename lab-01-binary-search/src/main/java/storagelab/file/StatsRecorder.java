package storagelab.file;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import storagelab.api.LatencySummary;
import storagelab.api.Metric;
import storagelab.api.StoreStats;

/**
 * Counts what a store does. Everything that touches a file or may wait is handed one and reports to it.
 *
 * <p>Concurrency: safe for many threads; adding never waits.
 */
public final class StatsRecorder {
    private static final int TIMED_ONE_IN = 64;
    private static final long UNTIMED = Long.MIN_VALUE;

    private final Map<Metric, LongAdder> counters = new EnumMap<>(Metric.class);
    private final Latencies gets = new Latencies();
    private final Latencies writes = new Latencies();

    /** A recorder that has counted nothing yet. */
    public StatsRecorder() {
        for (Metric metric : Metric.values()) {
            counters.put(metric, new LongAdder());
        }
    }

    /** Adds {@code amount} to a metric; a gauge may also go down. */
    public void add(Metric metric, long amount) {
        counter(metric).add(amount);
    }

    /** Adds one to a metric. */
    public void increment(Metric metric) {
        counter(metric).increment();
    }

    /** What a metric has come to. */
    public long get(Metric metric) {
        return counter(metric).sum();
    }

    /** Records how long a get took. */
    public void recordGetNanos(long nanos) {
        gets.record(nanos);
    }

    /** Records how long a write took, stalls included. */
    public void recordWriteNanos(long nanos) {
        writes.record(nanos);
    }

    /**
     * When a call began, for one call in {@value #TIMED_ONE_IN}, chosen by chance; no time for the others. For
     * calls that are so short that looking at the clock would be a part of what they take.
     */
    public static long sampledStart() {
        return ThreadLocalRandom.current().nextInt(TIMED_ONE_IN) == 0 ? System.nanoTime() : UNTIMED;
    }

    /** Records how long a get took that began at a {@link #sampledStart}. */
    public void recordGetSince(long start) {
        if (start != UNTIMED) {
            recordGetNanos(System.nanoTime() - start);
        }
    }

    /** Records how long a write took that began at a {@link #sampledStart}, stalls included. */
    public void recordWriteSince(long start) {
        if (start != UNTIMED) {
            recordWriteNanos(System.nanoTime() - start);
        }
    }

    /** All counters and latencies at this moment. */
    public StoreStats snapshot() {
        Map<Metric, Long> sums = new EnumMap<>(Metric.class);
        counters.forEach((metric, counter) -> sums.put(metric, counter.sum()));
        return new StoreStats(sums, gets.summary(), writes.summary());
    }

    private LongAdder counter(Metric metric) {
        LongAdder counter = counters.get(metric);
        if (counter == null) {
            throw new AssertionError("no counter for " + metric);
        }
        return counter;
    }

    /** A histogram of times: threads record into one half while the other is added to the total. */
    private static final class Latencies {
        private static final int SIGNIFICANT_DIGITS = 2;

        private final Recorder recorder = new Recorder(SIGNIFICANT_DIGITS);
        private final Histogram total = new Histogram(SIGNIFICANT_DIGITS); // guarded by this

        void record(long nanos) {
            recorder.recordValue(Math.max(0, nanos));
        }

        synchronized LatencySummary summary() {
            total.add(recorder.getIntervalHistogram());
            return new LatencySummary(
                    total.getTotalCount(),
                    total.getValueAtPercentile(50),
                    total.getValueAtPercentile(99),
                    total.getValueAtPercentile(99.9),
                    total.getMaxValue());
        }
    }
}
