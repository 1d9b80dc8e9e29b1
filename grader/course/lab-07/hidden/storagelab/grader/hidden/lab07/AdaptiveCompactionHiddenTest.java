package storagelab.grader.hidden.lab07;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertFalse;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import storagelab.adaptive.AdaptiveCompaction;
import storagelab.adaptive.AdaptiveOptions;
import storagelab.adaptive.LoadWindow;
import storagelab.adaptive.ShapeCosts;
import storagelab.adaptive.TreeShape;
import storagelab.api.MaintenanceKind;
import storagelab.api.Slice;
import storagelab.compaction.Compaction;
import storagelab.compaction.CompactionPicker;
import storagelab.disk.CrashDisk;
import storagelab.lsm.LsmOptions;
import storagelab.lsm.LsmStore;
import storagelab.manifest.FileMetadata;
import storagelab.manifest.Version;
import storagelab.manifest.VersionEdit;
import storagelab.testkit.Crew;
import storagelab.testkit.Seeds;
import storagelab.testkit.adaptive.ShapeTables;

/** Exercise 7.9: a tree that changes its shape with the load. */
@Tag("7.9")
class AdaptiveCompactionHiddenTest {
    private static final CompactionPicker.State NOW = CompactionPicker.State.initial();
    private static final AdaptiveOptions OPTIONS =
            AdaptiveOptions.defaults().withBytes(1_000, 100).withFalsePositives(0.5);
    private static final LoadWindow PUTS = new LoadWindow(1, 0, 0, 0, 0, 100, 1_000_000, 100);
    private static final LoadWindow MISSES = new LoadWindow(1, 0, 1_000_000, 0, 0, 0, 0, 0);
    private static final LoadWindow SCANS = new LoadWindow(1, 0, 0, 1_000, 8_000_000, 100, 1_000_000, 100);
    private static final LoadWindow NEW_KEYS = new LoadWindow(1_000, 0, 0, 0, 0, 100, 1_000_000, 0);

    private static AdaptiveCompaction seen(AdaptiveOptions options, TreeShape start, long bytes) {
        AdaptiveCompaction adaptive = new AdaptiveCompaction(options, start);
        adaptive.pick(ShapeTables.oneRun(bytes), NOW);
        return adaptive;
    }

    @Test
    @DisplayName(
            "a sum grows by what the other shape saves, with the margin; the change comes when it is more than the bytes")
    void sums() {
        long bytes = 50_000;
        AdaptiveCompaction adaptive = seen(OPTIONS.withHysteresis(10, 0), TreeShape.LAZY_LEVELED, bytes);
        LoadWindow load = new LoadWindow(1, 0, 10, 0, 0, 10, 1_000, 10);
        ShapeCosts costs = new ShapeCosts(OPTIONS);
        double live = bytes / costs.space(TreeShape.LAZY_LEVELED, load);
        double saved =
                0.9 * costs.bytes(TreeShape.LAZY_LEVELED, load, live) - costs.bytes(TreeShape.TIERED, load, live);
        int last = (int) (bytes / saved);
        for (int i = 1; i <= last; i++) {
            assertFalse(
                    adaptive.observe(load), "observe returned true after " + i + " loads that save " + saved + " each");
            double sum = adaptive.saved(TreeShape.TIERED);
            assertTrue(
                    Math.abs(sum - i * saved) < 1e-6 * i * saved,
                    "sum of TIERED after " + i + " loads: expected " + i * saved + ", got " + sum);
            assertEquals(0.0, adaptive.saved(TreeShape.LEVELED), "sum of LEVELED, which costs more");
            assertEquals(0.0, adaptive.saved(TreeShape.LAZY_LEVELED), "sum of the present shape");
        }
        assertTrue(adaptive.observe(load), "observe returned false when the sum was more than the bytes of the tables");
        assertEquals(TreeShape.TIERED, adaptive.shape(), "the shape after the change");
        for (TreeShape shape : TreeShape.values()) {
            assertEquals(0.0, adaptive.saved(shape), "sum of " + shape + " after the change");
        }
    }

    @Test
    @DisplayName("what a shape saves with one load, it loses with the next, but its sum does not fall below 0")
    void comesAndGoes() {
        AdaptiveCompaction adaptive = seen(OPTIONS, TreeShape.LAZY_LEVELED, 20_000_000);
        adaptive.observe(PUTS);
        double sum = adaptive.saved(TreeShape.TIERED);
        assertTrue(sum > 0, "the sum of TIERED after puts is " + sum);
        for (int i = 0; i < 50; i++) {
            assertFalse(adaptive.observe(i % 2 == 0 ? SCANS : PUTS), "changed by loads that come and go");
        }
        for (int i = 0; i < 20; i++) {
            adaptive.observe(SCANS);
        }
        assertEquals(0.0, adaptive.saved(TreeShape.TIERED), "the sum of TIERED after many scans");
        adaptive.observe(PUTS);
        assertEquals(sum, adaptive.saved(TreeShape.TIERED), "the sum of TIERED after puts again");
    }

    @Test
    @DisplayName("of several shapes that have saved enough, the one with the greatest sum is next")
    void greatest() {
        AdaptiveCompaction adaptive = seen(OPTIONS, TreeShape.LEVELED, 50_000);
        LoadWindow puts = new LoadWindow(1, 0, 0, 0, 0, 10, 1_000_000, 10);
        assertTrue(adaptive.observe(puts), "puts cost 33 times their bytes on LEVELED, and nothing changed");
        assertEquals(TreeShape.TIERED, adaptive.shape(), "the shape: LAZY_LEVELED saves less than TIERED");
    }

    @Test
    @DisplayName("of two shapes that have saved the same, the first in the order of TreeShape is next")
    void equalSums() {
        AdaptiveCompaction adaptive = seen(OPTIONS, TreeShape.TIERED, 1_000);
        assertTrue(adaptive.observe(MISSES), "misses cost 3.5 runs on TIERED and one on the others; nothing changed");
        assertEquals(
                TreeShape.LEVELED,
                adaptive.shape(),
                "the shape; on one level, misses cost the same on LEVELED as on LAZY_LEVELED");
    }

    @Test
    @DisplayName("a sum that is exactly the bytes of all tables is not enough yet")
    void exactlyTheBytes() {
        AdaptiveCompaction adaptive = seen(OPTIONS.withHysteresis(0, 0), TreeShape.TIERED, 1_000);
        LoadWindow misses = new LoadWindow(1, 0, 8, 0, 0, 0, 0, 0); // save 2.5 runs · 0.5 · 100 bytes each
        assertFalse(adaptive.observe(misses), "changed when 1000 bytes were saved, and the tables have 1000");
        assertEquals(1_000.0, adaptive.saved(TreeShape.LEVELED), "the sum of LEVELED");
        assertTrue(adaptive.observe(misses), "not changed when 2000 bytes were saved, and the tables have 1000");
    }

    @Test
    @DisplayName("there are mergesMin merges between two changes; before the first change there need not be any")
    void mergesMin() {
        AdaptiveCompaction adaptive = seen(OPTIONS.withHysteresis(5, 3), TreeShape.LEVELED, 1_000);
        assertTrue(adaptive.observe(PUTS), "the first change need not wait for merges");
        Version one = ShapeTables.oneRun(1_000);
        Version eight = one;
        for (int table = 2; table < 10; table++) {
            eight = eight.with(
                    new VersionEdit().add(0, ShapeTables.table(table, 1_000).inRun(table, 0)));
        }
        for (int merges = 0; merges < 3; merges++) {
            assertFalse(adaptive.observe(MISSES), "changed after " + merges + " merges of 3");
            for (int i = 0; i < 5; i++) {
                adaptive.pick(one, NOW); // nothing to merge
            }
            assertTrue(adaptive.pick(eight, NOW) != null, "no merge of eight tables with TIERED");
        }
        assertTrue(adaptive.observe(MISSES), "not changed after 3 merges of 3");
    }

    @Test
    @DisplayName("windows of time need a length")
    void noWindows() {
        assertThrows(IllegalArgumentException.class, () -> new AdaptiveCompaction(OPTIONS, TreeShape.TIME_WINDOW));
        AdaptiveCompaction adaptive = seen(OPTIONS, TreeShape.TIERED, 10);
        for (int i = 0; i < 20; i++) {
            adaptive.observe(NEW_KEYS);
            assertTrue(adaptive.shape() != TreeShape.TIME_WINDOW, "TIME_WINDOW without a length of a window");
        }
        assertEquals(0.0, adaptive.saved(TreeShape.TIME_WINDOW), "sum of a shape that is not allowed");
    }

    @ParameterizedTest
    @EnumSource(TreeShape.class)
    @DisplayName("the picker of the present shape is asked, with the version and the state")
    void delegates(TreeShape shape) {
        AdaptiveOptions options = OPTIONS.withFactor(3).withWindowMillis(10);
        AdaptiveCompaction adaptive = new AdaptiveCompaction(options, shape);
        CompactionPicker.State state = new CompactionPicker.State(level -> null, 25);
        Version version = Version.empty();
        for (int table = 1; table < 8; table++) {
            version = version.with(
                    new VersionEdit().add(0, ShapeTables.table(table, 1_000).inRun(table, 3L * table)));
            Compaction expected = shape.picker(options).pick(version, state);
            Compaction actual = adaptive.pick(version, state);
            assertTrue(
                    Objects.equals(expected, actual),
                    "the pick of " + shape + " with " + table + " tables on level 0 is " + actual + ", not "
                            + expected);
            assertEquals(
                    shape.picker(options).debtBytes(version),
                    adaptive.debtBytes(version),
                    "the debt of " + shape + " with " + table + " tables on level 0, in bytes");
        }
    }

    @Test
    @DisplayName("the debt is that of the picker of the present shape")
    void debt() {
        AdaptiveOptions options = OPTIONS.withFactor(3);
        Version version = Version.empty().with(new VersionEdit().add(1, ShapeTables.table(1, 100_000)));
        long expected = TreeShape.LEVELED.picker(options).debtBytes(version);
        assertTrue(expected > 0, "100,000 bytes on a level for 3,000 are no debt");
        assertEquals(
                expected,
                new AdaptiveCompaction(options, TreeShape.LEVELED).debtBytes(version),
                "the debt of LEVELED with 100,000 bytes on level 1");
    }

    @Test
    @DisplayName("LEVELED begins with all tables as the only run of the first level that has room for them")
    void together() {
        for (long each : List.of(1_000L, 4_000L, 4_001L, 100_000L, 1L << 40)) {
            Version version = Version.empty()
                    .with(new VersionEdit().add(0, ShapeTables.table(9, 1).inRun(9, 0)))
                    .with(new VersionEdit().add(2, ShapeTables.table(5, each).inRun(5, 0)))
                    .with(new VersionEdit()
                            .add(2, ShapeTables.table(4, each - 1).inRun(4, 0)));
            int level = each <= 4_000 ? 1 : each == 4_001 ? 2 : each == 100_000 ? 3 : 6;
            Compaction merge = new AdaptiveCompaction(OPTIONS, TreeShape.LEVELED).pick(version, NOW);
            check(merge, level, 3, "two runs of " + each + " bytes on level 2");
        }
    }

    @Test
    @DisplayName("LEVELED also begins with a merge of all if each level has one run, but with a number of its own")
    void oneNumberedRun() {
        Version version = Version.empty()
                .with(new VersionEdit().add(1, ShapeTables.table(5, 500).inRun(5, 0)))
                .with(new VersionEdit().add(2, ShapeTables.table(4, 500)));
        Compaction merge = new AdaptiveCompaction(OPTIONS, TreeShape.LEVELED).pick(version, NOW);
        check(merge, 1, 2, "run 5 on level 1, and the only run on level 2");
        Version only = Version.empty().with(new VersionEdit().add(2, ShapeTables.table(4, 500)));
        Compaction none = new AdaptiveCompaction(OPTIONS, TreeShape.LEVELED).pick(only, NOW);
        assertTrue(none == null, "with the only run of level 2 there is nothing to merge, but it picked " + none);
    }

    private static void check(@Nullable Compaction merge, int level, int tables, String what) {
        if (merge == null) {
            throw new AssertionError("no merge with " + what);
        }
        assertEquals("shape", merge.reason(), "reason of the merge with " + what);
        assertEquals(level, merge.outputLevel(), "output level with " + what);
        assertEquals(FileMetadata.ONLY_RUN, merge.outputRun(), "output run with " + what);
        assertEquals(tables, merge.files().size(), "tables that are merged with " + what);
    }

    @Test
    @DisplayName("threads observe at the same time, and no load is lost")
    void threads() throws Exception {
        int each = 50_000;
        AdaptiveCompaction adaptive = seen(OPTIONS, TreeShape.LAZY_LEVELED, 1L << 60);
        LoadWindow load = new LoadWindow(1, 0, 0, 0, 0, 10, 1_000, 10);
        adaptive.observe(load);
        double one = adaptive.saved(TreeShape.TIERED);
        try (Crew crew = new Crew()) {
            crew.start(4, "observer", () -> {
                for (int i = 0; i < each; i++) {
                    adaptive.observe(load);
                }
            });
            crew.join();
        }
        double sum = adaptive.saved(TreeShape.TIERED);
        double expected = one * (4 * each + 1);
        assertTrue(
                Math.abs(sum - expected) < 1e-6 * expected,
                "the sum of TIERED after " + (4 * each + 1) + " loads of four threads that save " + one + " each is "
                        + sum);
    }

    @Test
    @DisplayName("a store answers right and is whole, whenever its shape changes")
    void changesAnyTime() {
        Seeds.check(2, random -> {
            AdaptiveOptions options = AdaptiveOptions.defaults()
                    .withFactor(3)
                    .withBytes(500, 200)
                    .withWindowMillis(5)
                    .withHysteresis(0, 0);
            List<TreeShape> shapes = List.of(TreeShape.values());
            AdaptiveCompaction adaptive = new AdaptiveCompaction(options, shapes.get(random.nextInt(4)));
            long[] millis = {1};
            LsmOptions store = LsmOptions.defaults()
                    .withPicker(adaptive)
                    .withMaintenance(MaintenanceKind.FOREGROUND)
                    .withTableBytes(400)
                    .withClock(() -> Instant.ofEpochMilli(millis[0]));
            Map<Slice, Slice> model = new TreeMap<>();
            try (LsmStore lsm = LsmStore.open(CrashDisk.create().root(), store)) {
                for (int flush = 0; flush < 60; flush++) {
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
                for (Map.Entry<Slice, Slice> entry : model.entrySet()) {
                    assertEquals(entry.getValue(), lsm.get(entry.getKey()).orElse(null), "value of " + entry.getKey());
                }
            }
        });
    }
}
