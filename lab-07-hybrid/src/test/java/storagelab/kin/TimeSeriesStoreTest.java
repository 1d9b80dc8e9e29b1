package storagelab.kin;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.oneOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.api.Durability;
import storagelab.api.Slice;
import storagelab.codec.MalformedBytesException;
import storagelab.disk.CrashDisk;
import storagelab.disk.CrashExplorer;
import storagelab.disk.CrashExplorerOptions;
import storagelab.disk.CrashReport;
import storagelab.kv.CrashSafeStore;
import storagelab.testkit.Seeds;

class TimeSeriesStoreTest {
    private static final long WINDOW = 1_000;

    @Test
    @DisplayName("five points are the bits that the page says")
    void exampleBlock() {
        List<Point> points = List.of(
                new Point(1_000, 20),
                new Point(1_060, 20),
                new Point(1_120, 20.5),
                new Point(1_181, 20.5),
                new Point(1_241, 20));
        Slice block = PointBlock.encode(points);
        assertThat(block.toString(), is("0x0500000000000003e840340000000000009e1c00c057fa"));
        assertThat(PointBlock.decode(block), is(points));
    }

    @Test
    @DisplayName("points of any kind come back from a block, bit by bit")
    void blocks() {
        Seeds.check(20, random -> {
            List<Point> points = new ArrayList<>();
            long time = random.nextInt(1_000);
            long step = 60;
            double value = 20;
            for (int i = random.nextInt(300); i > 0; i--) {
                step = random.nextInt(4) == 0 ? 1 + (random.nextLong() >>> (23 + random.nextInt(40))) : step;
                if (time > Point.TIME_MAX - step) {
                    break;
                }
                time += step;
                value = switch (random.nextInt(4)) {
                    case 0 -> value + random.nextInt(100);
                    case 1 -> random.nextGaussian() * 1e300;
                    case 2 -> -0.0;
                    default -> value;
                };
                points.add(new Point(time, value));
            }
            assertThat(PointBlock.decode(PointBlock.encode(points)), is(points));
        });
    }

    @Test
    @DisplayName("a block that was cut off is an error, and not other points")
    void cutOff() {
        Slice block = PointBlock.encode(List.of(new Point(1, 1), new Point(2, 3), new Point(5, 7)));
        for (int length = 0; length < block.length(); length++) {
            Slice cut = block.subSlice(0, length);
            assertThrows(MalformedBytesException.class, () -> PointBlock.decode(cut), "the first " + length + " bytes");
        }
    }

    @Test
    @DisplayName("points in random order, some of them late or twice, are those of a sorted map, sealed or not")
    void model() {
        Seeds.check(3, random -> {
            CrashDisk disk = CrashDisk.create();
            Map<String, TreeMap<Long, Double>> model =
                    new TreeMap<>(Map.of("a", new TreeMap<>(), "ab", new TreeMap<>()));
            long first = 0;
            try (CrashSafeStore store = KinStores.lsm(disk.root().resolve("store"))) {
                TimeSeriesStore series = new TimeSeriesStore(store, WINDOW);
                for (int i = 0; i < 60; i++) {
                    String name = random.nextBoolean() ? "a" : "ab";
                    List<Point> points = randomPoints(random, first, first + 5 * WINDOW);
                    series.append(name, points, Durability.BUFFERED);
                    for (Point point : points) {
                        Objects.requireNonNull(model.get(name)).put(point.time(), point.value());
                    }
                    if (random.nextInt(4) == 0) {
                        int unused = series.seal(first + random.nextInt(6 * (int) WINDOW));
                    }
                    if (random.nextInt(10) == 0) {
                        long until = first + random.nextInt(3 * (int) WINDOW);
                        int unused = series.dropBefore(until);
                        first = Math.max(first, until - until % WINDOW);
                        for (TreeMap<Long, Double> points2 : model.values()) {
                            points2.headMap(first).clear();
                        }
                    }
                    long from = random.nextInt(8 * (int) WINDOW);
                    long to = from + random.nextInt(4 * (int) WINDOW);
                    model.forEach((one, expected) -> assertThat(
                            one + " in [" + from + ", " + to + ")",
                            times(series.points(one, from, to)),
                            is(expected.subMap(from, to))));
                }
            }
        });
    }

    private static List<Point> randomPoints(Random random, long from, long to) {
        List<Point> points = new ArrayList<>();
        for (int i = random.nextInt(30); i >= 0; i--) {
            points.add(new Point(from + random.nextInt((int) (to - from)), random.nextInt(50)));
        }
        return points;
    }

    private static Map<Long, Double> times(List<Point> points) {
        Map<Long, Double> values = new TreeMap<>();
        points.forEach(point -> values.put(point.time(), point.value()));
        return values;
    }

    @Test
    @DisplayName("a summary is that of all points of its window, late ones too, and stays when the points are dropped")
    void summaries() {
        try (CrashSafeStore store = KinStores.btree(CrashDisk.create().root().resolve("store"))) {
            TimeSeriesStore series = new TimeSeriesStore(store, WINDOW);
            series.append("a", List.of(new Point(0, 4), new Point(999, 2), new Point(1_000, 7)), Durability.BUFFERED);
            assertThat("windows that have ended at 1,999", series.seal(1_999), is(1));
            assertThat(series.summaries("a", 0, 2_000), is(List.of(new WindowSummary(0, 2, 2, 4, 6))));
            series.append("a", List.of(new Point(500, 9), new Point(0, 5)), Durability.BUFFERED);
            assertThat("windows with points in no block", series.seal(1_000), is(1));
            assertThat(series.summaries("a", 0, 2_000), is(List.of(new WindowSummary(0, 3, 2, 9, 16))));
            assertThat("blocks dropped", series.dropBefore(2_000), is(2));
            assertThat(series.points("a", 0, 3_000), is(empty()));
            assertThat(
                    series.summaries("a", 0, 3_000),
                    is(List.of(new WindowSummary(0, 3, 2, 9, 16), new WindowSummary(1_000, 1, 7, 7, 7))));
        }
    }

    @Test
    @DisplayName("a point before what was dropped is refused, since it would replace the summary of its window")
    void tooLate() {
        CrashDisk disk = CrashDisk.create();
        Path directory = disk.root().resolve("store");
        try (CrashSafeStore store = KinStores.btree(directory)) {
            assertThat(new TimeSeriesStore(store, WINDOW).dropBefore(2_500), is(0));
        }
        try (CrashSafeStore store = KinStores.btree(directory)) {
            TimeSeriesStore series = new TimeSeriesStore(store, WINDOW);
            List<Point> points = List.of(new Point(2_000, 1), new Point(1_999, 1));
            IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> series.append("a", points, Durability.BUFFERED));
            assertThat(refused.getMessage(), containsString("1999"));
            assertThat("points of a batch that was refused", series.points("a", 0, 3_000), is(empty()));
            assertThrows(IllegalArgumentException.class, () -> new TimeSeriesStore(store, 2 * WINDOW));
        }
    }

    @Test
    @DisplayName(
            "whenever the power is cut, each acknowledged point is there once, and each summary is that of its points")
    void everyCrash() {
        Seeds.check(1, random -> {
            List<Point> points = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                points.add(new Point(100L * i, random.nextInt(9)));
            }
            CrashReport report = CrashExplorer.explore(
                    CrashExplorerOptions.defaults().withSeed(random.nextLong()).withStride(2),
                    disk -> write(disk, points),
                    crash -> {
                        long acknowledged = crash.acknowledged().size();
                        try (CrashSafeStore store = KinStores.btree(crash.root().resolve("store"))) {
                            TimeSeriesStore series = new TimeSeriesStore(store, WINDOW);
                            crash.recovered();
                            check(series, points, acknowledged);
                            assertThat(series.seal(Point.TIME_MAX) >= 0, is(true));
                            check(series, points, acknowledged);
                        }
                    });
            assertThat("crashes tried", report.images(), is(greaterThan(100L)));
        });
    }

    private static void write(CrashDisk disk, List<Point> points) {
        try (CrashSafeStore store = KinStores.btree(disk.root().resolve("store"))) {
            TimeSeriesStore series = new TimeSeriesStore(store, WINDOW);
            for (Point point : points) {
                series.append("a", List.of(point), Durability.SYNCED);
                disk.ack(point);
                int unused = series.seal(point.time());
            }
            int dropped = series.dropBefore(2 * WINDOW);
            assertThat("blocks dropped", dropped, is(2));
        }
    }

    private static void check(TimeSeriesStore series, List<Point> points, long acknowledged) {
        List<Point> found = series.points("a", 0, Point.TIME_MAX);
        boolean isDropped = !found.isEmpty() && found.get(0).time() > 0;
        int first = isDropped ? 20 : 0;
        if (isDropped) {
            assertThat("acknowledged when the first windows were dropped", acknowledged, is((long) points.size()));
        }
        List<Point> expected = points.subList(first, Math.max(first, (int) acknowledged));
        assertThat("points found", found.size(), is(oneOf(expected.size(), expected.size() + 1)));
        assertThat(found, is(points.subList(first, first + found.size())));
        for (WindowSummary summary : series.summaries("a", 0, Point.TIME_MAX)) {
            List<Point> there = summary.start() < first * 100L ? points : found;
            List<Point> inWindow = there.stream()
                    .filter(point -> point.time() >= summary.start() && point.time() < summary.start() + WINDOW)
                    .toList();
            assertThat(inWindow, hasSize((int) summary.count()));
            assertThat(summary, is(WindowSummary.of(summary.start(), inWindow)));
        }
    }
}
