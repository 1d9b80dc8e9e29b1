package storagelab.grader.hidden.lab07;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;
import static storagelab.grader.hidden.lab07.Tracked.MINUTE;
import static storagelab.grader.hidden.lab07.Tracked.assertCount;
import static storagelab.grader.hidden.lab07.Tracked.assertSame;
import static storagelab.grader.hidden.lab07.Tracked.key;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.grader.hidden.kit.Growth;
import storagelab.testkit.Seeds;
import storagelab.testkit.Step;
import storagelab.testkit.workload.HandClock;
import storagelab.workload.AccessTracker;
import storagelab.workload.RangeStatistics;

@Tag("7.2")
@DisplayName("The ranges of an access tracker")
final class AccessTrackerRangesHiddenTest {
    private final HandClock clock = new HandClock();

    @Test
    @DisplayName("have each key in one of them, and a boundary's key in the upper one")
    void boundaries() {
        AccessTracker tracker = new AccessTracker(Tracked.options(clock));
        tracker.split(key("m"));
        tracker.split(key("d"));
        tracker.split(key("mm"));
        assertEquals(List.of("[, d)", "[d, m)", "[m, mm)", "[mm, ∞)"), Tracked.ranges(tracker), "the ranges");
        for (Map.Entry<String, String> one : Map.of(
                        "",
                        "[, d)",
                        "c~",
                        "[, d)",
                        "d",
                        "[d, m)",
                        "l~~~~~~~~~",
                        "[d, m)",
                        "m",
                        "[m, mm)",
                        "ml~",
                        "[m, mm)",
                        "mm",
                        "[mm, ∞)",
                        "z",
                        "[mm, ∞)")
                .entrySet()) {
            Step.at("the range of '" + one.getKey() + "'");
            double before = tracker.rangeOf(key(one.getKey())).puts();
            assertEquals(
                    one.getValue(),
                    tracker.rangeOf(key(one.getKey())).range().toString(),
                    "the range of '" + one.getKey() + "'");
            tracker.put(key(one.getKey()), 1);
            assertCount(before + 1, tracker.rangeOf(key(one.getKey())).puts(), "a put of '" + one.getKey() + "'");
        }
        assertEquals(List.of(2.0, 2.0, 2.0, 2.0), puts(tracker), "two puts in each range");
    }

    @Test
    @DisplayName("order keys as unsigned bytes, however much of them is alike")
    void order() {
        AccessTracker tracker = new AccessTracker(Tracked.options(clock));
        String same = "orders/2026/11/23/";
        List<Slice> starts = List.of(
                key(same),
                key(same + "0"),
                Slice.copyOf(concat(same, 0x00, 0x01)),
                Slice.copyOf(concat(same, 0x7f)),
                Slice.copyOf(concat(same, 0x80)),
                Slice.copyOf(concat(same, 0xff, 0xff)),
                key(same + "abcdefgh"),
                key(same + "abcdefgh1"),
                key(same + "abcdefgh2"));
        starts.forEach(tracker::split);
        List<Slice> sorted = starts.stream().sorted().toList();
        Step.at("the ranges after splits at keys of which the first 18 bytes are the same, in any order");
        List<Slice> found = tracker.ranges().stream()
                .skip(1)
                .map(range -> range.range().from())
                .toList();
        assertEquals(sorted, found, "where the ranges begin");
        for (Slice start : sorted) {
            tracker.miss(start);
            tracker.miss(Slice.copyOf(concat(start.toByteArray(), 0x00)));
        }
        tracker.miss(key("a"));
        tracker.miss(key("z"));
        List<Double> expected = new ArrayList<>(List.of(1.0));
        sorted.forEach(start -> expected.add(2.0));
        expected.set(expected.size() - 1, 3.0);
        assertEquals(
                expected, Tracked.misses(tracker), "two misses from each boundary on, one before and one after all");
    }

    @Test
    @DisplayName("have the bytes from 80 on above all others, also in the first place")
    void unsigned() {
        AccessTracker tracker = new AccessTracker(Tracked.options(clock));
        int[] starts = {0x80, 0x01, 0xff, 0x7f};
        for (int start : starts) {
            tracker.split(Slice.copyOf((byte) start));
        }
        Step.at("the ranges after splits at the bytes 80, 01, ff and 7f");
        assertEquals(
                List.of("[, 0x01)", "[0x01, 0x7f)", "[0x7f, 0x80)", "[0x80, 0xff)", "[0xff, ∞)"),
                Tracked.ranges(tracker),
                "the ranges");
        for (int first = 0; first < 256; first++) {
            tracker.miss(Slice.copyOf((byte) first, (byte) 0x90));
        }
        assertEquals(
                List.of(1.0, 126.0, 1.0, 127.0, 1.0), Tracked.misses(tracker), "a miss for each first byte of a key");
    }

    private static byte[] concat(String text, int... bytes) {
        return concat(key(text).toByteArray(), bytes);
    }

    private static byte[] concat(byte[] head, int... bytes) {
        byte[] all = Arrays.copyOf(head, head.length + bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            all[head.length + i] = (byte) bytes[i];
        }
        return all;
    }

    @Test
    @DisplayName("count a scan where it begins")
    void scans() {
        AccessTracker tracker = new AccessTracker(Tracked.options(clock));
        tracker.split(key("m"));
        tracker.scan(key("l"), 1_000, 5_000);
        tracker.scan(key("m"), 10, 50);
        assertSame(
                new RangeStatistics(KeyRange.of(Slice.EMPTY, key("m")), 0, 0, 0, 1, 1_000, 0, 0, 5_000, 0),
                tracker.ranges().get(0),
                "a scan from l on over 1,000 entries");
        assertSame(
                new RangeStatistics(KeyRange.from(key("m")), 0, 0, 1, 0, 10, 0, 0, 50, 0),
                tracker.ranges().get(1),
                "a scan from m on over 10 entries");
    }

    @Test
    @DisplayName("are divided in halves and added up again, with every count, and the others stay")
    void conservation() {
        Seeds.check(50, random -> {
            HandClock time = new HandClock();
            AccessTracker tracker = new AccessTracker(Tracked.options(time));
            NavigableMap<Slice, double[]> model = new TreeMap<>();
            model.put(Slice.EMPTY, new double[9]);
            for (int i = 0; i < 300; i++) {
                Slice at = key("k" + random.nextInt(40));
                boolean starts = model.containsKey(at);
                switch (random.nextInt(6)) {
                    case 0 -> {
                        if (!starts) {
                            tracker.split(at);
                            double[] whole = model.floorEntry(at).getValue();
                            for (int j = 0; j < whole.length; j++) {
                                whole[j] /= 2;
                            }
                            model.put(at, whole.clone());
                        }
                    }
                    case 1 -> {
                        if (starts) {
                            tracker.merge(at);
                            double[] upper = Objects.requireNonNull(model.remove(at));
                            double[] lower = model.floorEntry(at).getValue();
                            for (int j = 0; j < upper.length; j++) {
                                lower[j] += upper[j];
                            }
                        }
                    }
                    case 2 -> {
                        time.pass(MINUTE);
                        model.values().forEach(counts -> {
                            for (int j = 0; j < counts.length; j++) {
                                counts[j] /= 2;
                            }
                        });
                    }
                    default -> request(tracker, at, model.floorEntry(at).getValue(), random);
                }
                check(tracker, model, "step " + i);
            }
        });
    }

    private static void request(AccessTracker tracker, Slice key, double[] counts, Random random) {
        int bytes = random.nextInt(100);
        switch (random.nextInt(5)) {
            case 0 -> {
                tracker.hit(key, bytes);
                counts[0]++;
                counts[7] += bytes;
            }
            case 1 -> {
                tracker.miss(key);
                counts[1]++;
            }
            case 2 -> {
                tracker.scan(key, bytes * 2, bytes);
                counts[bytes <= 50 ? 2 : 3]++;
                counts[4] += bytes * 2;
                counts[7] += bytes;
            }
            case 3 -> {
                tracker.put(key, bytes);
                counts[5]++;
                counts[8] += bytes;
            }
            default -> {
                tracker.delete(key);
                counts[6]++;
            }
        }
    }

    private static void check(AccessTracker tracker, NavigableMap<Slice, double[]> model, String when) {
        List<RangeStatistics> ranges = tracker.ranges();
        assertEquals(model.size(), ranges.size(), when + ": the number of ranges");
        int index = 0;
        for (Slice start : model.keySet()) {
            double[] counts = model.get(start);
            RangeStatistics expected = new RangeStatistics(
                    new KeyRange(start, model.higherKey(start)),
                    counts[0],
                    counts[1],
                    counts[2],
                    counts[3],
                    counts[4],
                    counts[5],
                    counts[6],
                    counts[7],
                    counts[8]);
            assertSame(expected, ranges.get(index), when + ", range " + index);
            assertSame(expected, tracker.rangeOf(start), when + ", range of " + start);
            index++;
        }
    }

    @Test
    @DisplayName("after a split, count each on its own")
    void independent() {
        AccessTracker tracker = new AccessTracker(Tracked.options(clock));
        tracker.miss(key("a"));
        tracker.split(key("m"));
        tracker.miss(key("a"));
        assertEquals(List.of(1.5, 0.5), Tracked.misses(tracker), "one miss before the split, one below it after it");
        tracker.miss(key("z"));
        tracker.miss(key("z"));
        assertEquals(List.of(1.5, 2.5), Tracked.misses(tracker), "and two above it");
    }

    @Test
    @DisplayName("leave the counts of keys alone when they are split and merged")
    void keysStay() {
        AccessTracker tracker = new AccessTracker(Tracked.options(clock));
        tracker.miss(key("a"));
        tracker.split(key("m"));
        tracker.miss(key("a"));
        tracker.merge(key("m"));
        tracker.miss(key("a"));
        assertCount(3, tracker.requestsOf(key("a")), "three misses of a key, with a split and a merge between them");
    }

    @Test
    @DisplayName("refuse a split where a range begins, and a merge where none does, and change nothing")
    void refusals() {
        AccessTracker tracker = new AccessTracker(Tracked.options(clock));
        tracker.miss(key("a"));
        refuses("a split at the empty key", () -> tracker.split(Slice.EMPTY));
        refuses("a merge at the empty key", () -> tracker.merge(Slice.EMPTY));
        refuses("a merge with one range", () -> tracker.merge(key("m")));
        tracker.split(key("m"));
        refuses("a second split at m", () -> tracker.split(key("m")));
        refuses("a merge at n", () -> tracker.merge(key("n")));
        refuses("a merge at a", () -> tracker.merge(key("a")));
        refuses("a merge at the empty key", () -> tracker.merge(Slice.EMPTY));
        assertEquals(List.of("[, m)", "[m, ∞)"), Tracked.ranges(tracker), "the ranges after refused calls");
        assertEquals(List.of(0.5, 0.5), Tracked.misses(tracker), "the misses after refused calls");
    }

    @Test
    @DisplayName("are at most as many as the options say, also when some have been merged")
    void rangesMax() {
        AccessTracker tracker = new AccessTracker(Tracked.options(clock).withRangesMax(4));
        for (int round = 0; round < 3; round++) {
            tracker.split(key("1"));
            tracker.split(key("2"));
            tracker.split(key("3"));
            Step.at("a split with four ranges, of which there may be four");
            assertThrows(IllegalStateException.class, () -> tracker.split(key("4")), "a fifth range should be refused");
            assertEquals(4, tracker.ranges().size(), "the ranges");
            Step.at("merges");
            tracker.merge(key("2"));
            tracker.merge(key("1"));
            tracker.merge(key("3"));
        }
        AccessTracker single = new AccessTracker(Tracked.options(clock).withRangesMax(1));
        assertThrows(IllegalStateException.class, () -> single.split(key("m")), "a second range should be refused");
    }

    @Test
    @DisplayName("stay after a move of the landmark, and the landmark after a split")
    void landmark() {
        AccessTracker tracker = new AccessTracker(Tracked.options(clock));
        tracker.split(key("m"));
        for (int i = 0; i < 600; i++) {
            clock.pass(MINUTE);
            tracker.miss(key("a"));
            if (i == 550) {
                tracker.split(key("b"));
                tracker.merge(key("m"));
            }
        }
        assertEquals(List.of("[, b)", "[b, ∞)"), Tracked.ranges(tracker), "the ranges");
        assertCount(2, tracker.rangeOf(key("a")).misses(), "a miss in each of 600 half-lives");
        tracker.split(key("m"));
        tracker.miss(key("z"));
        assertCount(1, tracker.rangeOf(key("z")).misses(), "a miss in a range made after the move");
    }

    @Test
    @DisplayName("do not hold on to the array that a boundary was a part of")
    void copies() {
        AccessTracker tracker = new AccessTracker(Tracked.options(clock));
        List<WeakReference<byte[]>> arrays = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            byte[] block = new byte[4_096];
            key("k%02d".formatted(i)).copyTo(block, 100);
            tracker.split(Slice.wrap(block, 100, 3));
            arrays.add(new WeakReference<>(block));
        }
        System.gc();
        long kept = arrays.stream().filter(array -> array.get() != null).count();
        assertTrue(
                kept <= 5,
                "50 boundaries of 3 bytes were given as parts of arrays of 4,096 bytes, and " + kept
                        + " of the arrays are still in memory: copy the boundary");
        assertEquals(51, tracker.ranges().size(), "the ranges");
    }

    @Test
    @DisplayName("are found without a look at each of them")
    void search() {
        Growth.check("10,000 misses", "ranges", new Growth.Sizes(16, 8_192), count -> {
            AccessTracker tracker = new AccessTracker(
                    Tracked.options(clock).withRangesMax(count).withKeyError(0.5, 0.5));
            for (int i = 1; i < count; i++) {
                tracker.split(key("%06d".formatted(i)));
            }
            List<Slice> keys = IntStream.range(0, 10_000)
                    .mapToObj(i -> key("%06d".formatted(i * 7919 % count)))
                    .toList();
            return () -> {
                for (Slice key : keys) {
                    tracker.miss(key);
                }
            };
        });
    }

    private static List<Double> puts(AccessTracker tracker) {
        return tracker.ranges().stream().map(RangeStatistics::puts).toList();
    }

    private static void refuses(String what, Runnable call) {
        Step.at(what);
        assertThrows(IllegalArgumentException.class, call::run, what + " should be refused");
    }
}
