package storagelab.grader.hidden.lab07;

import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;
import static storagelab.grader.hidden.lab07.Tracked.MINUTE;
import static storagelab.grader.hidden.lab07.Tracked.assertCount;
import static storagelab.grader.hidden.lab07.Tracked.key;

import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.testkit.Crew;
import storagelab.testkit.Step;
import storagelab.testkit.workload.HandClock;
import storagelab.workload.AccessTracker;
import storagelab.workload.RangeStatistics;

@Tag("7.2")
@DisplayName("An access tracker of many threads")
final class AccessTrackerThreadsHiddenTest {
    private final HandClock clock = new HandClock();

    @Test
    @DisplayName("loses no request that runs next to others")
    void nothingIsLost() throws InterruptedException {
        AccessTracker tracker = new AccessTracker(Tracked.options(clock));
        tracker.split(key("m"));
        int hits = 100_000;
        int scans = 1_000_000;
        int threads = 4;
        CyclicBarrier barrier = new CyclicBarrier(threads);
        try (Crew crew = new Crew()) {
            crew.start(threads, "client", () -> {
                barrier.await();
                for (int i = 0; i < hits; i++) {
                    tracker.hit(key("a"), 10);
                }
                barrier.await();
                for (int i = 0; i < scans; i++) {
                    tracker.scan(key("z"), 3, 30);
                }
            });
            crew.join();
        }
        RangeStatistics lower = tracker.rangeOf(key("a"));
        RangeStatistics upper = tracker.rangeOf(key("z"));
        String when = "four threads, each with " + hits + " hits and " + scans + " scans: ";
        assertCount(threads * hits, lower.hits(), when + "hits");
        assertCount(10 * threads * hits, lower.bytesRead(), when + "bytes of the hits");
        assertCount(threads * scans, upper.shortScans(), when + "scans");
        assertCount(3 * threads * scans, upper.scannedEntries(), when + "scanned entries");
        assertTrue(
                tracker.requestsOf(key("a")) >= threads * hits,
                when + "the estimate for the key is only " + tracker.requestsOf(key("a")));
    }

    @Test
    @DisplayName("counts requests that have returned, whatever was split, merged or moved between them")
    void changesBetweenRounds() throws InterruptedException {
        AccessTracker tracker = new AccessTracker(Tracked.options(clock));
        tracker.split(key("m"));
        int threads = 3;
        int rounds = 60;
        CyclicBarrier barrier = new CyclicBarrier(threads);
        try (Crew crew = new Crew()) {
            for (int thread = 0; thread < threads; thread++) {
                int number = thread;
                crew.start("client-" + thread, () -> {
                    for (int round = 0; round < rounds; round++) {
                        barrier.await();
                        if (number == 0) {
                            if (round % 2 == 0) {
                                tracker.split(key("f"));
                            } else {
                                tracker.merge(key("f"));
                            }
                            clock.pass(MINUTE.multipliedBy(10));
                        }
                        barrier.await();
                        for (int i = 0; i < 1_024; i++) {
                            tracker.put(key(i % 2 == 0 ? "a" : "z"), 1);
                        }
                    }
                });
            }
            crew.join();
        }
        double sum = 0;
        for (int round = 0; round < rounds; round++) {
            sum = sum / 1_024 + threads * 1_024;
        }
        double found =
                tracker.ranges().stream().mapToDouble(RangeStatistics::puts).sum();
        assertCount(sum, found, "the puts of all ranges after " + rounds + " rounds, ten half-lives apart");
    }

    @Test
    @DisplayName("shows all ranges of one moment, next to splits and merges")
    void readers() throws InterruptedException {
        AccessTracker tracker = new AccessTracker(Tracked.options(clock));
        tracker.miss(key("a"));
        AtomicBoolean done = new AtomicBoolean();
        try (Crew crew = new Crew()) {
            crew.start("changer", () -> {
                while (!done.get() && !crew.hasFailed()) {
                    tracker.split(key("m"));
                    tracker.split(key("f"));
                    tracker.merge(key("m"));
                    tracker.merge(key("f"));
                }
            });
            crew.start("reader", () -> {
                for (int reading = 0; reading < 100_000 && !crew.hasFailed(); reading++) {
                    List<RangeStatistics> ranges = tracker.ranges();
                    double misses = 0;
                    for (int i = 0; i < ranges.size(); i++) {
                        misses += ranges.get(i).misses();
                        assertTrue(
                                i == 0
                                        || ranges.get(i)
                                                .range()
                                                .from()
                                                .equals(ranges.get(i - 1)
                                                        .range()
                                                        .to()),
                                "next to a split or a merge, the ranges do not meet: " + ranges);
                    }
                    assertCount(1, misses, "next to splits and merges, the misses of all ranges");
                }
                done.set(true);
            });
            crew.join();
        }
        assertEquals(1, tracker.ranges().size(), "the ranges in the end");
    }

    @Test
    @DisplayName("takes requests while another thread holds its lock")
    void noLock() throws InterruptedException {
        AccessTracker tracker = new AccessTracker(Tracked.options(clock));
        Step.at("requests while another thread holds the lock of the tracker");
        synchronized (tracker) {
            Crew.mustEnd("a request must not wait for a lock", () -> {
                tracker.hit(key("a"), 1);
                tracker.miss(key("a"));
                tracker.put(key("a"), 1);
                tracker.delete(key("a"));
                tracker.scan(key("a"), 1, 1);
            });
        }
        assertCount(5, tracker.rangeOf(key("a")).requests(), "the requests");
    }
}
