package storagelab.file;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;
import storagelab.api.LatencySummary;
import storagelab.api.Metric;
import storagelab.api.StoreStats;

/**
 * Counts what a store does. Everything that touches a file or may wait is handed one and reports to it.
 *
 * <p>A counter stands in an array at the {@linkplain Metric#index index} of its metric: an addition looks up nothing. It
 * is made when something is added to it for the first time; what was never counted is not in the {@link #snapshot}.
 *
 * <p>Concurrency: safe for many threads; adding never waits.
 */
public final class StatsRecorder {
    private static final int TIMED_ONE_IN = 64;
    private static final long UNTIMED = Long.MIN_VALUE;

    private volatile @Nullable LongAdder[] counters = new LongAdder[0]; // replaced under this
    private final Latencies gets = new Latencies();
    private final Latencies writes = new Latencies();

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
        LongAdder counter = counterOrNull(metric);
        return counter == null ? 0 : counter.sum();
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
        Map<Metric, Long> sums = new HashMap<>();
        @Nullable LongAdder[] counted = counters;
        List<Metric> declared = Metric.declared(); // after it, so that there is a metric for every counter
        for (int index = 0; index < counted.length; index++) {
            LongAdder counter = counted[index];
            if (counter != null) {
                sums.put(declared.get(index), counter.sum());
            }
        }
        return new StoreStats(sums, gets.summary(), writes.summary());
    }

    private LongAdder counter(Metric metric) {
        LongAdder counter = counterOrNull(metric);
        return counter != null ? counter : newCounter(metric);
    }

    private @Nullable LongAdder counterOrNull(Metric metric) {
        @Nullable LongAdder[] current = counters;
        int index = metric.index();
        return index < current.length ? current[index] : null;
    }

    private synchronized LongAdder newCounter(Metric metric) {
        LongAdder counter = counterOrNull(metric);
        if (counter == null) { // no other thread was faster
            counter = new LongAdder();
            @Nullable LongAdder[] larger = Arrays.copyOf(counters, Math.max(counters.length, metric.index() + 1));
            larger[metric.index()] = counter;
            counters = larger;
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
                    total.getMaxValue(),
                    Math.round(total.getMean() * total.getTotalCount()));
        }
    }
}
