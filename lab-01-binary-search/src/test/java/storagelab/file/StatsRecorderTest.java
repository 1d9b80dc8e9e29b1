package storagelab.file;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.api.LatencySummary;
import storagelab.api.Metric;
import storagelab.testkit.Crew;

/** Counters of a store. */
class StatsRecorderTest {
    private static final int ROUNDS = 20;
    private static final int THREADS = 8;
    private static final int ADDITIONS = 10_000;

    @Test
    @DisplayName("what was counted is in the snapshot, and nothing else")
    void counted() {
        StatsRecorder stats = new StatsRecorder();
        stats.add(FileMetrics.BYTES_READ, 10);
        stats.increment(FileMetrics.SYNCS);
        stats.add(FileMetrics.BYTES_READ, -3);

        assertThat(stats.get(FileMetrics.BYTES_READ), is(7L));
        assertThat(stats.get(Metric.GETS), is(0L));
        assertThat(stats.snapshot().get(FileMetrics.SYNCS), is(1L));
        assertThat(stats.snapshot().metrics(), not(hasKey(Metric.GETS)));
    }

    @Test
    @DisplayName("latencies have their number and their sum, within one in a hundred")
    void latencies() {
        StatsRecorder stats = new StatsRecorder();
        stats.recordGetNanos(1_000);
        stats.recordGetNanos(3_000);
        LatencySummary gets = stats.snapshot().getLatency();

        assertThat(gets.count(), is(2L));
        assertThat((double) gets.sumNanos(), is(closeTo(4_000, 40)));
        assertThat(stats.snapshot().writeLatency(), is(LatencySummary.NONE));
    }

    @Test
    @DisplayName("a metric that was declared after the recorder was made is counted like any other")
    void declaredLater() {
        StatsRecorder stats = new StatsRecorder();
        stats.increment(Metric.GETS);
        stats.add(Late.CALLS, 5);

        assertThat(stats.get(Late.CALLS), is(5L));
        assertThat(stats.snapshot().get(Late.CALLS), is(5L));
        assertThat(stats.snapshot().get(Metric.GETS), is(1L));
    }

    /** Declares its metric when it is used for the first time. */
    private static final class Late {
        static final Metric CALLS = Metric.counter("test-declared-later", "calls", "Calls of a class loaded late.");
    }

    @Test
    @DisplayName("no addition is lost when many threads count a metric for the first time at once")
    void firstAdditions() throws InterruptedException {
        List<Metric> metrics = Metric.declared();
        for (int round = 0; round < ROUNDS; round++) {
            StatsRecorder stats = new StatsRecorder();
            CountDownLatch start = new CountDownLatch(1);
            try (Crew crew = new Crew()) {
                for (int i = 0; i < THREADS; i++) {
                    int first = i;
                    crew.start("counter " + i, () -> {
                        start.await();
                        for (int addition = 0; addition < ADDITIONS; addition++) {
                            stats.increment(metrics.get((first + addition) % metrics.size()));
                        }
                    });
                }
                start.countDown();
                crew.join();
            }
            long sum = metrics.stream().mapToLong(stats::get).sum();
            assertThat(sum, is((long) THREADS * ADDITIONS));
        }
    }
}
