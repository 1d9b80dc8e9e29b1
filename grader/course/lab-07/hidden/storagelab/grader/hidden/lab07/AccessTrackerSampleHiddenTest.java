package storagelab.grader.hidden.lab07;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;
import static storagelab.grader.hidden.lab07.Tracked.assertCount;
import static storagelab.grader.hidden.lab07.Tracked.key;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.testkit.workload.HandClock;
import storagelab.workload.AccessTracker;
import storagelab.workload.RangeStatistics;

/** What chance chooses is compared with what it may choose: a right tracker is off by six times the usual about once in a billion runs. */
@Tag("7.2")
@DisplayName("An access tracker that counts a sample")
final class AccessTrackerSampleHiddenTest {
    private static final int ONE_IN = 8;
    private static final int REQUESTS = 40_000;
    private static final double FAR = 6; // times the usual distance

    private static AccessTracker sampling() {
        return new AccessTracker(Tracked.options(new HandClock()).withOneIn(ONE_IN));
    }

    private static void assertAbout(double requests, double actual, String what) {
        assertTrue(
                Math.abs(actual - requests) <= FAR * Math.sqrt((ONE_IN - 1) * requests),
                what + ": expected about " + requests + ", found " + actual + ", where one in " + ONE_IN
                        + " is counted");
    }

    @Test
    @DisplayName("counts all requests on average, each kind with its bytes and entries")
    void kinds() {
        AccessTracker tracker = sampling();
        for (int i = 0; i < REQUESTS; i++) {
            tracker.hit(key("a"), 10);
            tracker.miss(key("b"));
            tracker.put(key("c"), 20);
            tracker.delete(key("d"));
            tracker.scan(key("e"), 3, 30);
            tracker.scan(key("f"), 1_000, 40);
        }
        RangeStatistics all = tracker.rangeOf(key("any"));
        String each = REQUESTS + " of each kind, ";
        assertAbout(REQUESTS, all.hits(), each + "hits");
        assertAbout(REQUESTS, all.misses(), each + "misses");
        assertAbout(REQUESTS, all.puts(), each + "puts");
        assertAbout(REQUESTS, all.deletes(), each + "deletes");
        assertAbout(REQUESTS, all.shortScans(), each + "short scans");
        assertAbout(REQUESTS, all.longScans(), each + "long scans");
        assertCount(
                3 * all.shortScans() + 1_000 * all.longScans(), all.scannedEntries(), each + "entries of the scans");
        assertCount(20 * all.puts(), all.bytesWritten(), each + "bytes written");
        assertCount(
                10 * all.hits() + 30 * all.shortScans() + 40 * all.longScans(), all.bytesRead(), each + "bytes read");
    }

    @Test
    @DisplayName("counts both of two requests that come in turn, alone and in groups of n")
    void inTurn() {
        for (int group : new int[] {1, 2, 3, ONE_IN}) {
            AccessTracker tracker = sampling();
            int times = REQUESTS / group;
            for (int i = 0; i < times; i++) {
                tracker.miss(key("a"));
                for (int other = 0; other < group; other++) {
                    tracker.delete(key("b"));
                }
            }
            RangeStatistics all = tracker.rangeOf(key("any"));
            String when = "a miss and " + group + " deletes, " + times + " times: ";
            assertAbout(times, all.misses(), when + "misses");
            assertAbout(times * group, all.deletes(), when + "deletes");
        }
    }

    @Test
    @DisplayName("counts each key on average, too")
    void keys() {
        AccessTracker tracker = sampling();
        for (int i = 0; i < REQUESTS; i++) {
            tracker.hit(key("a"), 10);
            tracker.miss(key("b"));
        }
        assertAbout(REQUESTS, tracker.requestsOf(key("a")), "hits of one key");
        assertAbout(REQUESTS, tracker.requestsOf(key("b")), "misses of one key");
    }

    @Test
    @DisplayName("looks at the clock only for what it counts")
    void clock() {
        AtomicLong looks = new AtomicLong();
        InstantSource counting = () -> {
            looks.incrementAndGet();
            return Instant.ofEpochMilli(0);
        };
        AccessTracker tracker = new AccessTracker(
                Tracked.options(new HandClock()).withClock(counting).withOneIn(1_000));
        looks.set(0);
        for (int i = 0; i < 1_000; i++) {
            tracker.hit(key("a"), 1);
            tracker.miss(key("a"));
            tracker.put(key("a"), 1);
            tracker.delete(key("a"));
            tracker.scan(key("a"), 1, 1);
        }
        assertTrue(
                looks.get() <= 100,
                "5,000 requests of which one in 1,000 is counted: " + looks.get()
                        + " looks at the clock, at most 100 allowed");
    }

    @Test
    @DisplayName("refuses negative sizes also of requests that it would not count")
    void refusals() {
        AccessTracker tracker =
                new AccessTracker(Tracked.options(new HandClock()).withOneIn(1_000_000));
        for (int i = 0; i < 100; i++) {
            assertThrows(IllegalArgumentException.class, () -> tracker.hit(key("a"), -1));
            assertThrows(IllegalArgumentException.class, () -> tracker.put(key("a"), -1));
            assertThrows(IllegalArgumentException.class, () -> tracker.scan(key("a"), -1, 0));
            assertThrows(IllegalArgumentException.class, () -> tracker.scan(key("a"), 0, -1));
        }
        assertEquals(0.0, tracker.rangeOf(key("a")).requests(), "what was counted");
    }
}
