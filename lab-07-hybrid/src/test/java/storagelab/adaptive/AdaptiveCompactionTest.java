package storagelab.adaptive;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import storagelab.adaptive.experiment.ShapeLoad;
import storagelab.adaptive.experiment.ShapeLoad.Kind;
import storagelab.api.MaintenanceKind;
import storagelab.api.Slice;
import storagelab.compaction.CompactionPicker;
import storagelab.compaction.CompactionSimulator;
import storagelab.disk.CrashDisk;
import storagelab.lsm.LsmOptions;
import storagelab.lsm.LsmStore;
import storagelab.manifest.FileMetadata;
import storagelab.manifest.Version;
import storagelab.manifest.VersionEdit;
import storagelab.testkit.Seeds;
import storagelab.testkit.adaptive.ShapeTables;

@Tag("7.9")
class AdaptiveCompactionTest {
    private static final int SETTLE = 20; // observed loads
    private static final int MEASURE = 12;
    private static final int FLUSHES = 8; // of an observed load

    private static final LoadWindow PUTS = new LoadWindow(1, 0, 0, 0, 0, 1_000, 1_000_000_000, 1_000);
    private static final LoadWindow MISSES = new LoadWindow(1, 0, 100_000_000, 0, 0, 0, 0, 0);
    private static final LoadWindow SCANS = new LoadWindow(1, 0, 0, 1_000, 8_000_000_000L, 1_000, 1_000_000_000, 1_000);
    private static final LoadWindow NEW_KEYS = new LoadWindow(1_000, 0, 0, 0, 0, 1_000, 1_000_000_000, 0);

    @Test
    @DisplayName(
            "the worked example: the sum of TIERED after each minute of a tenth of the load, and the change after the seventh")
    void example() {
        AdaptiveCompaction adaptive = new AdaptiveCompaction(AdaptiveOptions.defaults(), TreeShape.LAZY_LEVELED);
        adaptive.pick(ShapeTables.oneRun(320L << 20), CompactionPicker.State.initial());
        LoadWindow minute = new LoadWindow(60_000, 0, 100_000, 0, 0, 10_000, 10_000_000, 10_000);
        for (int i = 1; i <= 6; i++) {
            assertThat("changed in minute " + i, adaptive.observe(minute), is(false));
            assertThat("sum after minute " + i, adaptive.saved(TreeShape.TIERED), closeTo(52.12e6 * i, 0.05e6));
            assertThat("sum of LEVELED", adaptive.saved(TreeShape.LEVELED), is(0.0));
        }
        assertThat("changed in minute 7", adaptive.observe(minute), is(true));
        assertThat(adaptive.shape(), is(TreeShape.TIERED));
        assertThat("sum of the shape that was left", adaptive.saved(TreeShape.LAZY_LEVELED), is(0.0));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    @DisplayName("a store whose load stays costs at most a tenth more than with the best fixed shape")
    void withinTenPercent(Kind kind) {
        double best = Double.MAX_VALUE;
        for (TreeShape shape : TreeShape.values()) {
            if (kind.isBounded(shape)) {
                best = Math.min(best, cost(shape.picker(ShapeLoad.options()), kind));
            }
        }
        for (TreeShape start : List.of(TreeShape.LEVELED, TreeShape.TIERED, TreeShape.LAZY_LEVELED)) {
            AdaptiveCompaction adaptive = new AdaptiveCompaction(ShapeLoad.options(), start);
            assertThat(
                    "bytes read and written for each byte with the best shape; " + kind.words() + ", from " + start
                            + " to " + adaptive.shape(),
                    cost(adaptive, kind) / best,
                    lessThanOrEqualTo(1.1));
        }
    }

    private static double cost(CompactionPicker picker, Kind kind) {
        try (ShapeLoad load = new ShapeLoad(CrashDisk.create().root(), picker, kind, 1)) {
            load.fill(kind);
            long before = 0;
            for (int i = 0; i < SETTLE + MEASURE; i++) {
                before = i == SETTLE ? load.costBytes() : before;
                LoadWindow seen = load.run(kind, FLUSHES);
                if (picker instanceof AdaptiveCompaction adaptive) {
                    adaptive.observe(seen);
                }
            }
            return load.costBytes() - before;
        }
    }

    @Test
    @DisplayName("a load that becomes another one is followed within 60 merges, and 40 flushes")
    void follows() {
        AdaptiveCompaction adaptive = new AdaptiveCompaction(ShapeLoad.options(), TreeShape.LAZY_LEVELED);
        Map<Kind, TreeShape> best = Map.of(
                Kind.UPDATES, TreeShape.TIERED, Kind.GETS, TreeShape.LEVELED, Kind.SCANS, TreeShape.LAZY_LEVELED);
        try (ShapeLoad load = new ShapeLoad(CrashDisk.create().root(), adaptive, Kind.UPDATES, 1)) {
            load.fill(Kind.UPDATES);
            for (Kind kind : List.of(Kind.UPDATES, Kind.GETS, Kind.SCANS, Kind.UPDATES, Kind.SCANS)) {
                long merges = load.merges();
                int observed = 0;
                while (adaptive.shape() != best.get(kind) && observed < 100) {
                    adaptive.observe(load.run(kind, 1));
                    observed++;
                }
                assertThat("shape for " + kind.words(), adaptive.shape(), is(best.get(kind)));
                assertThat("flushes before the change for " + kind.words(), observed, lessThanOrEqualTo(40));
                assertThat(
                        "merges before the change for " + kind.words(), load.merges() - merges, lessThanOrEqualTo(60L));
                adaptive.observe(load.run(kind, 4));
            }
        }
    }

    @Test
    @DisplayName("a load that comes and goes does not change the shape")
    void oscillation() {
        AdaptiveCompaction adaptive = new AdaptiveCompaction(ShapeLoad.options(), TreeShape.LAZY_LEVELED);
        try (ShapeLoad load = new ShapeLoad(CrashDisk.create().root(), adaptive, Kind.UPDATES, 1)) {
            load.fill(Kind.UPDATES);
            for (int i = 0; i < 40; i++) {
                boolean changed = adaptive.observe(load.run(i % 2 == 0 ? Kind.UPDATES : Kind.SCANS, 1));
                assertThat("changed to " + adaptive.shape() + " in period " + i / 2, changed, is(false));
            }
        }
    }

    @Test
    @DisplayName("between two changes there are as many merges as the options say")
    void mergesMin() {
        AdaptiveOptions options =
                AdaptiveOptions.defaults().withBytes(1_000, 100).withHysteresis(5, 3);
        AdaptiveCompaction adaptive = new AdaptiveCompaction(options, TreeShape.LEVELED);
        Version one = ShapeTables.oneRun(1_000);
        assertThat(adaptive.pick(one, CompactionPicker.State.initial()), is(nullValue()));
        assertThat("the first change need not wait", adaptive.observe(PUTS), is(true));
        Version eight = one;
        for (int table = 2; table < 10; table++) {
            eight = eight.with(
                    new VersionEdit().add(0, ShapeTables.table(table, 1_000).inRun(table, 0)));
        }
        for (int merges = 0; merges < 3; merges++) {
            assertThat("changed after " + merges + " merges", adaptive.observe(MISSES), is(false));
            assertThat("a pick of nothing", adaptive.pick(one, CompactionPicker.State.initial()), is(nullValue()));
            assertThat("a merge", adaptive.pick(eight, CompactionPicker.State.initial()), is(notNullValue()));
        }
        assertThat("changed after 3 merges", adaptive.observe(MISSES), is(true));
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 30, 100, 300})
    @DisplayName("in lab 5's simulator, with many sizes: at most a tenth more than the best fixed shape")
    void simulated(int flushes) {
        for (int misses : List.of(0, 10_000_000)) {
            List<Double> fixed = new ArrayList<>();
            for (TreeShape shape : List.of(TreeShape.LEVELED, TreeShape.TIERED, TreeShape.LAZY_LEVELED)) {
                fixed.add(simulatedCost(shape.picker(AdaptiveOptions.defaults()), flushes, misses));
            }
            double best = fixed.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
            double adaptive = simulatedCost(
                    new AdaptiveCompaction(AdaptiveOptions.defaults(), TreeShape.LAZY_LEVELED), flushes, misses);
            assertThat(
                    "cost for each byte with the best of " + fixed + ", " + misses + " misses a flush",
                    adaptive / best,
                    lessThanOrEqualTo(1.1));
        }
    }

    /** Bytes that flushes from {@code flushes} to twice as many cost, with gets that find nothing. */
    private static double simulatedCost(CompactionPicker picker, int flushes, int misses) {
        AdaptiveOptions options = AdaptiveOptions.defaults();
        long flushBytes = options.flushBytes();
        CompactionSimulator simulator =
                new CompactionSimulator(picker, new CompactionSimulator.Load(flushBytes, flushBytes, 1_000));
        double reads = 0;
        double before = 0;
        for (int flush = 1; flush <= 2 * flushes; flush++) {
            simulator.flush(1);
            reads += misses * simulator.runs() * options.falsePositives() * options.blockBytes();
            if (picker instanceof AdaptiveCompaction adaptive) {
                adaptive.observe(new LoadWindow(1_000, 0, misses, 0, 0, 1_000, flushBytes, 0));
            }
            double merged = (2 * simulator.writeAmplification() - 1) * flush * flushBytes;
            before = flush == flushes ? reads + merged : before;
            if (flush == 2 * flushes) {
                return reads + merged - before;
            }
        }
        throw new AssertionError("no flush");
    }

    @Test
    @DisplayName("LEVELED begins with everything in one run of the first level that has room for it")
    void together() {
        AdaptiveOptions options = AdaptiveOptions.defaults().withBytes(1_000, 100);
        AdaptiveCompaction adaptive = new AdaptiveCompaction(options, TreeShape.TIERED);
        CompactionSimulator simulator =
                new CompactionSimulator(adaptive, new CompactionSimulator.Load(1_000, 1_000, 1)).flush(65);
        assertThat(adaptive.observe(MISSES), is(true));
        simulator.flush(1);
        assertThat("level of 66 flushes", simulator.version().runs().get(0).level(), is(3));
        assertThat("runs", simulator.runs(), is(1));
        assertThat("number", simulator.version().runs().get(0).number(), is(FileMetadata.ONLY_RUN));
    }

    @Test
    @DisplayName("a store answers right and is whole, whenever its shape changes")
    void changesAnyTime() {
        Seeds.check(3, random -> {
            AdaptiveOptions options = AdaptiveOptions.defaults()
                    .withFactor(3)
                    .withBytes(500, 200)
                    .withWindowMillis(5)
                    .withHysteresis(0, 0);
            AdaptiveCompaction adaptive =
                    new AdaptiveCompaction(options, List.of(TreeShape.values()).get(random.nextInt(4)));
            long[] millis = {1};
            LsmOptions store = LsmOptions.defaults()
                    .withPicker(adaptive)
                    .withMaintenance(MaintenanceKind.FOREGROUND)
                    .withTableBytes(400)
                    .withClock(() -> Instant.ofEpochMilli(millis[0]));
            Map<Slice, Slice> model = new TreeMap<>();
            try (LsmStore lsm = LsmStore.open(CrashDisk.create().root(), store)) {
                for (int flush = 0; flush < 120; flush++) {
                    for (int i = 0; i < 10; i++) {
                        Slice key = Slice.utf8("key" + random.nextInt(150));
                        Slice value = Slice.utf8("value" + random.nextInt());
                        lsm.put(key, value);
                        model.put(key, value);
                    }
                    millis[0]++;
                    lsm.flush();
                    if (random.nextInt(4) == 0) {
                        adaptive.observe(List.of(PUTS, MISSES, SCANS, NEW_KEYS).get(random.nextInt(4)));
                    }
                }
                lsm.verify();
                model.forEach((key, value) ->
                        assertThat("value of " + key, lsm.get(key).orElseThrow(), is(value)));
            }
        });
    }

    @Test
    @DisplayName("windows of time are left when keys are overwritten, for the shape that is best then")
    void leavesWindows() {
        AdaptiveOptions options =
                AdaptiveOptions.defaults().withBytes(1_000, 100).withWindowMillis(1_000);
        AdaptiveCompaction adaptive = new AdaptiveCompaction(options, TreeShape.TIME_WINDOW);
        adaptive.pick(ShapeTables.oneRun(1_000_000), CompactionPicker.State.initial());
        assertThat(adaptive.observe(new LoadWindow(1_000, 0, 0, 0, 0, 1_000, 100_000, 0)), is(false));
        assertThat(adaptive.observe(PUTS), is(true));
        assertThat(adaptive.shape(), is(TreeShape.TIERED));
    }

    @Test
    @DisplayName("there are no windows of time if the options have no length")
    void noWindows() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new AdaptiveCompaction(AdaptiveOptions.defaults(), TreeShape.TIME_WINDOW));
    }
}
