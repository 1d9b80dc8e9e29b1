package storagelab.grader.hidden.lab07;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;
import static storagelab.grader.hidden.lab07.Tracked.MINUTE;
import static storagelab.grader.hidden.lab07.Tracked.assertCount;
import static storagelab.grader.hidden.lab07.Tracked.assertSame;
import static storagelab.grader.hidden.lab07.Tracked.key;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.testkit.Seeds;
import storagelab.testkit.Step;
import storagelab.testkit.workload.HandClock;
import storagelab.workload.AccessTracker;
import storagelab.workload.RangeStatistics;

@Tag("7.2")
@DisplayName("An access tracker")
final class AccessTrackerHiddenTest {
    private final HandClock clock = new HandClock();

    @Test
    @DisplayName("begins with one range of all keys, and nothing counted")
    void beginning() {
        AccessTracker tracker = new AccessTracker(Tracked.options(clock));
        assertEquals(List.of("[, ∞)"), Tracked.ranges(tracker), "the ranges");
        assertSame(
                new RangeStatistics(KeyRange.all(), 0, 0, 0, 0, 0, 0, 0, 0, 0),
                tracker.rangeOf(key("a")),
                "before any request");
        assertCount(0, tracker.requestsOf(key("a")), "the requests of a key");
        assertCount(0, tracker.countedSeconds(), "the seconds at the beginning");
    }

    @Test
    @DisplayName("counts each kind of request by itself, with its bytes and entries")
    void kinds() {
        AccessTracker tracker = new AccessTracker(Tracked.options(clock).withShortScanEntriesMax(5));
        tracker.hit(key("a"), 7);
        tracker.hit(key("a"), 0);
        tracker.miss(key("a"));
        tracker.put(key("a"), 1_000);
        tracker.put(key("b"), Integer.MAX_VALUE);
        tracker.delete(key("b"));
        tracker.delete(key("b"));
        tracker.delete(key("b"));
        tracker.scan(key("c"), 0, 0);
        tracker.scan(key("c"), 5, 50);
        tracker.scan(key("c"), 6, 10_000_000_000L);
        assertSame(
                new RangeStatistics(
                        KeyRange.all(), 2, 1, 2, 1, 11, 2, 3, 10_000_000_057.0, 1_000.0 + Integer.MAX_VALUE),
                tracker.rangeOf(key("a")),
                "two hits, a miss, two puts, three deletes, and scans of 0, 5 and 6 entries, where 5 are short");
    }

    @Test
    @DisplayName("fades all counts by the time since each request, smoothly")
    void fading() {
        Seeds.check(30, random -> {
            HandClock time = new HandClock();
            AccessTracker tracker = new AccessTracker(Tracked.options(time));
            double[] counts = new double[9];
            double ofKey = 0;
            for (int i = 0; i < 200; i++) {
                long millis = random.nextInt(30_000);
                time.pass(Duration.ofMillis(millis));
                double factor = Math.pow(0.5, millis / 60_000.0);
                for (int j = 0; j < counts.length; j++) {
                    counts[j] *= factor;
                }
                ofKey *= factor;
                int bytes = random.nextInt(1_000);
                int kind = random.nextInt(5);
                ofKey += kind == 4 ? 0 : 1;
                switch (kind) {
                    case 0 -> {
                        tracker.hit(key("a"), bytes);
                        counts[0]++;
                        counts[7] += bytes;
                    }
                    case 1 -> {
                        tracker.miss(key("a"));
                        counts[1]++;
                    }
                    case 2 -> {
                        tracker.put(key("a"), bytes);
                        counts[5]++;
                        counts[8] += bytes;
                    }
                    case 3 -> {
                        tracker.delete(key("a"));
                        counts[6]++;
                    }
                    default -> {
                        int entries = random.nextInt(200);
                        tracker.scan(key("a"), entries, bytes);
                        counts[entries <= 100 ? 2 : 3]++;
                        counts[4] += entries;
                        counts[7] += bytes;
                    }
                }
                assertSame(
                        new RangeStatistics(
                                KeyRange.all(),
                                counts[0],
                                counts[1],
                                counts[2],
                                counts[3],
                                counts[4],
                                counts[5],
                                counts[6],
                                counts[7],
                                counts[8]),
                        tracker.rangeOf(key("x")),
                        "after " + (i + 1) + " requests, the last one " + millis + " ms after the one before");
                assertCount(ofKey, tracker.requestsOf(key("a")), "the requests of the only key that was asked for");
            }
        });
    }

    @Test
    @DisplayName("fades what is read, and changes nothing by being read")
    void readingChangesNothing() {
        AccessTracker tracker = new AccessTracker(Tracked.options(clock));
        tracker.put(key("a"), 64);
        for (int minute = 0; minute < 10; minute++) {
            for (int again = 0; again < 3; again++) {
                String when = minute + " minutes after a put, read " + again + " times in this minute";
                assertCount(Math.pow(0.5, minute), tracker.ranges().get(0).puts(), when);
                assertCount(
                        64 * Math.pow(0.5, minute), tracker.rangeOf(key("a")).bytesWritten(), when + ", bytes");
                assertCount(Math.pow(0.5, minute), tracker.requestsOf(key("a")), when + ", of the key");
            }
            clock.pass(MINUTE);
        }
    }

    @Test
    @DisplayName("is right over thousands of half-lives, with requests all the time")
    void manyHalfLives() {
        AccessTracker tracker = new AccessTracker(Tracked.options(clock));
        tracker.split(key("m"));
        for (int minute = 0; minute < 4_000; minute++) {
            clock.pass(MINUTE);
            tracker.put(key("a"), 10);
            tracker.scan(key("z"), 3, 30);
            String when = "after a put and a scan in each of " + (minute + 1) + " half-lives";
            double sum = 2 - Math.pow(0.5, minute);
            assertCount(sum, tracker.rangeOf(key("a")).puts(), when + ", puts");
            assertCount(10 * sum, tracker.rangeOf(key("a")).bytesWritten(), when + ", bytes written");
            assertCount(3 * sum, tracker.rangeOf(key("z")).scannedEntries(), when + ", scanned entries");
            assertCount(sum, tracker.requestsOf(key("a")), when + ", requests of the key");
        }
    }

    @Test
    @DisplayName("is right after a pause of any length")
    void pauses() {
        for (int pause : new int[] {1, 100, 511, 512, 513, 1_000, 1_023, 1_024, 1_100, 100_000}) {
            HandClock time = new HandClock();
            AccessTracker tracker = new AccessTracker(Tracked.options(time));
            tracker.put(key("a"), 100);
            time.pass(MINUTE.multipliedBy(pause));
            String when = "after a pause of " + pause + " half-lives";
            Step.at(when);
            double old = Math.pow(0.5, pause);
            assertCount(old, tracker.rangeOf(key("a")).puts(), when + ", the put before it");
            tracker.put(key("a"), 100);
            tracker.hit(key("b"), 50);
            assertCount(1 + old, tracker.rangeOf(key("a")).puts(), when + " and a put");
            assertCount(50, tracker.rangeOf(key("b")).bytesRead(), when + " and a hit");
            assertCount(1 + old, tracker.requestsOf(key("a")), when + ", the requests of the key");
            time.pass(MINUTE);
            assertCount((1 + old) / 2, tracker.rangeOf(key("a")).puts(), when + ", a half-life later");
        }
    }

    @Test
    @DisplayName("gives hits, misses, puts and deletes to the sketch, but no scan")
    void keys() {
        AccessTracker tracker = new AccessTracker(Tracked.options(clock));
        tracker.hit(key("hit"), 5);
        tracker.miss(key("miss"));
        tracker.put(key("put"), 5);
        tracker.delete(key("delete"));
        tracker.scan(key("scan"), 5, 5);
        for (String kind : List.of("hit", "miss", "put", "delete")) {
            assertCount(1, tracker.requestsOf(key(kind)), "requests of a key with one " + kind);
        }
        assertCount(0, tracker.requestsOf(key("scan")), "requests of a key where a scan began");
    }

    @Test
    @DisplayName("knows each key's faded requests within the bounds of the options")
    void boundsOfKeys() {
        double epsilon = 0.02;
        Seeds.check(5, random -> {
            HandClock time = new HandClock();
            AccessTracker tracker = new AccessTracker(
                    Tracked.options(time).withKeyError(epsilon, 0.05).withSeed(random.nextLong()));
            tracker.split(key("key/5"));
            double[] faded = new double[3_000];
            double total = 0;
            for (int i = 0; i < 8_000; i++) {
                if (i % 200 == 0) {
                    time.pass(MINUTE);
                    for (int j = 0; j < faded.length; j++) {
                        faded[j] /= 2;
                    }
                    total /= 2;
                }
                int number = random.nextInt(faded.length);
                tracker.miss(key("key/" + number));
                faded[number]++;
                total++;
            }
            int wrong = 0;
            for (int number = 0; number < faded.length; number++) {
                double estimate = tracker.requestsOf(key("key/" + number));
                assertTrue(
                        estimate >= faded[number] * (1 - 1e-9),
                        "a key's requests have faded to " + faded[number] + ", and the estimate is only " + estimate);
                wrong += estimate > faded[number] + epsilon * total ? 1 : 0;
            }
            assertTrue(
                    wrong <= 0.05 * faded.length,
                    "of " + faded.length + " keys, " + wrong
                            + " have an estimate that is too large by more than ε times all faded requests");
        });
    }

    @Test
    @DisplayName("uses the seed and the errors of the options for its sketch")
    void sketchOptions() {
        // With ε = 0.9 and δ = 0.9 there is one row of four cells: of a hundred keys, each has some twenty-five
        // requests.
        List<List<Double>> estimates = new ArrayList<>();
        for (long seed = 0; seed < 2; seed++) {
            AccessTracker tracker = new AccessTracker(
                    Tracked.options(clock).withKeyError(0.9, 0.9).withSeed(seed));
            double sum = 0;
            List<Double> ofKeys = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                tracker.miss(key("key/" + i));
            }
            for (int i = 0; i < 100; i++) {
                ofKeys.add(tracker.requestsOf(key("key/" + i)));
                sum += ofKeys.get(i);
            }
            assertTrue(
                    sum >= 2_500, "a hundred keys in four cells: the mean estimate is " + sum / 100 + ", at least 25");
            estimates.add(ofKeys);
        }
        assertTrue(!estimates.get(0).equals(estimates.get(1)), "two seeds give the same estimates for a hundred keys");
    }

    @Test
    @DisplayName("says for how many seconds of requests its counts stand")
    void countedSeconds() {
        AccessTracker tracker = new AccessTracker(Tracked.options(clock));
        double halfLife = 60;
        long millis = 0;
        for (long step : new long[] {1, 999, 29_000, 30_000, 60_000, 600_000, 60_000_000}) {
            millis += step;
            clock.pass(Duration.ofMillis(step));
            assertCount(
                    halfLife / Math.log(2) * (1 - Math.pow(2, -millis / 1_000.0 / halfLife)),
                    tracker.countedSeconds(),
                    "the seconds " + millis + " ms after the tracker was made, with a half-life of a minute");
        }
        tracker.miss(key("a"));
        assertCount(86.5617024533378, tracker.countedSeconds(), "the seconds after a move of the landmark");
    }

    @Test
    @DisplayName("refuses negative sizes, and has counted nothing")
    void refusals() {
        AccessTracker tracker = new AccessTracker(Tracked.options(clock));
        refuses("a hit of -1 bytes", () -> tracker.hit(key("a"), -1));
        refuses("a put of -1 bytes", () -> tracker.put(key("a"), -1));
        refuses("a scan of -1 entries", () -> tracker.scan(key("a"), -1, 5));
        refuses("a scan of -1 bytes", () -> tracker.scan(key("a"), 5, -1));
        assertSame(
                new RangeStatistics(KeyRange.all(), 0, 0, 0, 0, 0, 0, 0, 0, 0),
                tracker.rangeOf(key("a")),
                "after refused requests");
        assertCount(0, tracker.requestsOf(key("a")), "requests of the key after refused ones");
    }

    @Test
    @DisplayName("keeps neither the keys nor anything else of the requests")
    void memory() {
        AccessTracker tracker = new AccessTracker(Tracked.options(clock));
        tracker.split(key("product/5"));
        List<WeakReference<byte[]>> references = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            byte[] key = ("product/" + i).getBytes(UTF_8);
            references.add(new WeakReference<>(key));
            tracker.put(Slice.wrap(key), 10);
        }
        System.gc();
        long kept =
                references.stream().filter(reference -> reference.get() != null).count();
        assertTrue(kept <= 100, "of the keys of 20,000 puts, " + kept + " are still in memory");
        assertCount(
                20_000, tracker.ranges().get(0).puts() + tracker.ranges().get(1).puts(), "all puts");
    }

    private static void refuses(String what, Runnable call) {
        Step.at(what);
        assertThrows(IllegalArgumentException.class, call::run, what + " should be refused");
    }
}
