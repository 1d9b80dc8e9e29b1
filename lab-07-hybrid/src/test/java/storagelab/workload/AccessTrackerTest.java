package storagelab.workload;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.testkit.Crew;
import storagelab.testkit.workload.HandClock;

@Tag("7.2")
class AccessTrackerTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final HandClock clock = new HandClock();
    private final TrackerOptions options =
            TrackerOptions.defaults().withClock(clock).withHalfLife(MINUTE);

    @Test
    @DisplayName("the counts of the example, at all three times")
    void example() {
        AccessTracker tracker = new AccessTracker(options);
        for (int i = 0; i < 8; i++) {
            tracker.put(key("hose"), 100);
        }
        clock.pass(MINUTE);
        tracker.hit(key("hose"), 300);
        tracker.hit(key("rake"), 300);
        double divisor = 1;
        for (int minute = 1; minute <= 3; minute++) {
            RangeStatistics all = tracker.rangeOf(key("any"));
            String when = "after " + minute + " minutes: ";
            assertThat(when + "puts", all.puts(), is(4 / divisor));
            assertThat(when + "hits", all.hits(), is(2 / divisor));
            assertThat(when + "bytes written", all.bytesWritten(), is(400 / divisor));
            assertThat(when + "bytes read", all.bytesRead(), is(600 / divisor));
            assertThat(when + "mean value", all.meanValueBytes(), closeTo(166.67, 0.01));
            clock.pass(MINUTE);
            divisor *= 2;
        }
    }

    @Test
    @DisplayName("each kind of request has a count of its own")
    void kinds() {
        AccessTracker tracker = new AccessTracker(options.withShortScanEntriesMax(10));
        tracker.hit(key("a"), 30);
        tracker.miss(key("b"));
        tracker.miss(key("b"));
        tracker.put(key("c"), 50);
        tracker.delete(key("d"));
        tracker.scan(key("e"), 10, 200);
        tracker.scan(key("f"), 11, 250);
        assertThat(tracker.ranges(), is(List.of(new RangeStatistics(KeyRange.all(), 1, 2, 1, 1, 21, 1, 1, 480, 50))));
        for (String key : List.of("a", "c", "d")) {
            assertThat(key, tracker.requestsOf(key(key)), is(1.0));
        }
        assertThat("two misses", tracker.requestsOf(key("b")), is(2.0));
        assertThat("a scan is of no key", tracker.requestsOf(key("e")), is(0.0));
        assertThrows(IllegalArgumentException.class, () -> tracker.put(key("a"), -1));
    }

    /** Counts of r requests, of which chance chooses one in n, differ from r by about √((n − 1) · r); by ten times as much practically never. */
    @Test
    @DisplayName("a sample counts as all requests, also if gets and puts come in turn")
    void sample() {
        AccessTracker tracker = new AccessTracker(options.withOneIn(8));
        for (int i = 0; i < 40_000; i++) {
            tracker.hit(key("hose"), 30);
            tracker.put(key("hose"), 50);
        }
        RangeStatistics all = tracker.rangeOf(key("any"));
        double off = 10 * Math.sqrt(7 * 40_000);
        assertThat("hits", all.hits(), closeTo(40_000, off));
        assertThat("puts", all.puts(), closeTo(40_000, off));
        assertThat("hits are counted by eights", all.hits() % 8, is(0.0));
        assertThat("bytes read", all.bytesRead(), is(30 * all.hits()));
        assertThat("bytes written", all.bytesWritten(), is(50 * all.puts()));
        assertThat("by key", tracker.requestsOf(key("hose")), is(all.requests()));
    }

    @Test
    @DisplayName(
            "a split gives half of the counts to each side, a merge adds them, and a request counts in the range of its key")
    void splitAndMerge() {
        AccessTracker tracker = new AccessTracker(options);
        for (int i = 0; i < 8; i++) {
            tracker.miss(key("k" + i));
        }
        tracker.split(key("m"));
        tracker.split(key("p"));
        assertThat(ranges(tracker), is(List.of("[, m)", "[m, p)", "[p, ∞)")));
        assertThat(misses(tracker), is(List.of(4.0, 2.0, 2.0)));
        tracker.miss(key("m"));
        tracker.miss(key("ozz"));
        tracker.miss(key("p"));
        assertThat(misses(tracker), is(List.of(4.0, 4.0, 3.0)));
        tracker.merge(key("m"));
        assertThat(ranges(tracker), is(List.of("[, p)", "[p, ∞)")));
        assertThat(misses(tracker), is(List.of(8.0, 3.0)));
        assertThrows(IllegalArgumentException.class, () -> tracker.split(key("p")));
        assertThrows(IllegalArgumentException.class, () -> tracker.merge(key("m")));
        assertThrows(IllegalArgumentException.class, () -> tracker.merge(Slice.EMPTY));
        assertThat("refused, and nothing changed", misses(tracker), is(List.of(8.0, 3.0)));
    }

    @Test
    @DisplayName("there are never more ranges than the options allow")
    void rangesMax() {
        AccessTracker tracker = new AccessTracker(options.withRangesMax(2));
        tracker.split(key("m"));
        assertThrows(IllegalStateException.class, () -> tracker.split(key("p")));
        assertThat(ranges(tracker), is(List.of("[, m)", "[m, ∞)")));
    }

    @Test
    @DisplayName("after thousands of half-lives, counts are right")
    void longLife() {
        AccessTracker tracker = new AccessTracker(options);
        for (int i = 0; i < 5_000; i++) {
            tracker.put(key("hose"), 100);
            clock.pass(MINUTE);
        }
        RangeStatistics all = tracker.rangeOf(key("hose"));
        assertThat("1/2 + 1/4 + 1/8 + …", all.puts(), closeTo(1, 1e-9));
        assertThat(all.bytesWritten(), closeTo(100, 1e-7));
        assertThat("by key", tracker.requestsOf(key("hose")), closeTo(1, 1e-9));
        clock.pass(MINUTE.multipliedBy(5_000));
        assertThat("nothing for as long", tracker.rangeOf(key("hose")).puts(), is(0.0));
    }

    @Test
    @DisplayName("a load that stays the same has its rate at any time")
    void rate() {
        AccessTracker tracker = new AccessTracker(options);
        for (int second = 1; second <= 600; second++) {
            clock.pass(Duration.ofMillis(500));
            tracker.miss(key("a"));
            tracker.miss(key("b"));
            clock.pass(Duration.ofMillis(500));
            double rate = tracker.rangeOf(key("a")).misses() / tracker.countedSeconds();
            assertThat("after " + second + " seconds", rate, closeTo(2, 0.001));
        }
        assertThat("after ten minutes", tracker.countedSeconds(), closeTo(86.48, 0.01));
    }

    @Test
    @DisplayName("of the requests of several threads, none is lost")
    void threads() throws InterruptedException {
        AccessTracker tracker = new AccessTracker(options);
        tracker.split(key("m"));
        try (Crew crew = new Crew()) {
            crew.start(4, "client", () -> {
                for (int i = 0; i < 50_000; i++) {
                    tracker.put(key(i % 2 == 0 ? "hose" : "rake"), 10);
                }
            });
            crew.join();
        }
        for (RangeStatistics range : tracker.ranges()) {
            assertThat(range.puts(), is(100_000.0));
            assertThat(range.bytesWritten(), is(1_000_000.0));
        }
        assertThat(tracker.requestsOf(key("hose")), greaterThanOrEqualTo(100_000.0));
        assertThat(tracker.requestsOf(key("hose")), lessThanOrEqualTo(200_000.0));
    }

    private static Slice key(String text) {
        return Slice.utf8(text);
    }

    private static List<String> ranges(AccessTracker tracker) {
        return tracker.ranges().stream().map(range -> range.range().toString()).toList();
    }

    private static List<Double> misses(AccessTracker tracker) {
        return tracker.ranges().stream().map(RangeStatistics::misses).toList();
    }
}
