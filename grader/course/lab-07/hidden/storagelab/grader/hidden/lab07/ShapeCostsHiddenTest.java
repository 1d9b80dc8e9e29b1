package storagelab.grader.hidden.lab07;

import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.adaptive.AdaptiveOptions;
import storagelab.adaptive.LoadWindow;
import storagelab.adaptive.ShapeCosts;
import storagelab.adaptive.TreeShape;

/** Exercise 7.9: what a load costs on a tree of each shape. */
@Tag("7.9")
class ShapeCostsHiddenTest {
    private static final AdaptiveOptions OPTIONS =
            AdaptiveOptions.defaults().withFactor(4).withBytes(1_000, 100).withFalsePositives(0.5);
    private static final AdaptiveOptions WINDOWS = OPTIONS.withWindowMillis(2_000);

    private static LoadWindow writes(long bytes, long writes, long overwrites) {
        return new LoadWindow(1_000, 0, 0, 0, 0, writes, bytes, overwrites);
    }

    private static void check(String what, double expected, AdaptiveOptions options, TreeShape shape, Asked asked) {
        double actual = new ShapeCosts(options).bytes(shape, asked.load, asked.liveBytes);
        assertTrue(
                Math.abs(actual - expected) < 1e-6 * Math.max(1, expected),
                what + " of " + shape + ": expected " + expected + " bytes, got " + actual);
    }

    private record Asked(LoadWindow load, double liveBytes) {}

    @Test
    @DisplayName("writes: a byte is written as often as the table says, and read by each merge")
    void writtenBytes() {
        Asked asked = new Asked(writes(10, 1, 0), 16_000); // two levels
        check("10 bytes, 2 levels", 10 * 17, OPTIONS, TreeShape.LEVELED, asked);
        check("10 bytes, 2 levels", 10 * 6, OPTIONS, TreeShape.LAZY_LEVELED, asked);
        check("10 bytes, 2 levels", 10 * 3, OPTIONS, TreeShape.TIERED, asked);
        Asked more = new Asked(writes(10, 1, 0), 16_001); // three levels
        check("10 bytes, 3 levels", 10 * 25, OPTIONS, TreeShape.LEVELED, more);
        check("10 bytes, 3 levels", 10 * 8, OPTIONS, TreeShape.LAZY_LEVELED, more);
        check("10 bytes, 3 levels", 10 * 5, OPTIONS, TreeShape.TIERED, more);
        check("10 bytes, an empty tree", 10, OPTIONS, TreeShape.TIERED, new Asked(writes(10, 1, 0), 0));
    }

    @Test
    @DisplayName(
            "gets: a block for what is found, and one for each false positive; nothing is free of runs but the filter")
    void gets() {
        Asked hits = new Asked(new LoadWindow(1_000, 10, 0, 0, 0, 0, 0, 0), 16_000);
        check("10 hits", 1_000 * 1.5, OPTIONS, TreeShape.LEVELED, hits);
        check("10 hits", 1_000 * 1.75, OPTIONS, TreeShape.LAZY_LEVELED, hits);
        check("10 hits", 1_000 * 2, OPTIONS, TreeShape.TIERED, hits);
        Asked misses = new Asked(new LoadWindow(1_000, 0, 10, 0, 0, 0, 0, 0), 16_000);
        check("10 misses", 1_000, OPTIONS, TreeShape.LEVELED, misses);
        check("10 misses", 1_000 * 1.25, OPTIONS, TreeShape.LAZY_LEVELED, misses);
        check("10 misses", 1_000 * 1.5, OPTIONS, TreeShape.TIERED, misses);
    }

    @Test
    @DisplayName("scans: a block for each run, and old versions are read, too")
    void scans() {
        Asked seeks = new Asked(new LoadWindow(1_000, 0, 0, 10, 0, 0, 0, 0), 16_000);
        check("10 scans of nothing", 2_000, OPTIONS, TreeShape.LEVELED, seeks);
        check("10 scans of nothing", 2_500, OPTIONS, TreeShape.LAZY_LEVELED, seeks);
        check("10 scans of nothing", 3_000, OPTIONS, TreeShape.TIERED, seeks);
        Asked bytes = new Asked(new LoadWindow(1_000, 0, 0, 0, 3_000, 10, 0, 10), 1_000);
        check("3,000 bytes", 4_000, OPTIONS, TreeShape.LEVELED, bytes);
        check("3,000 bytes", 6_000, OPTIONS, TreeShape.LAZY_LEVELED, bytes);
        check("3,000 bytes", 7_500, OPTIONS, TreeShape.TIERED, bytes);
    }

    @Test
    @DisplayName("old versions make the tree deeper, by the part of the writes that overwrite")
    void space() {
        ShapeCosts costs = new ShapeCosts(OPTIONS);
        LoadWindow half = writes(10, 10, 5);
        assertEquals(1 + 0.5 / 3, costs.space(TreeShape.LEVELED, half), "space of LEVELED, u = 0.5, T = 4");
        assertEquals(1.5, costs.space(TreeShape.LAZY_LEVELED, half), "space of LAZY_LEVELED, u = 0.5");
        assertEquals(1.75, costs.space(TreeShape.TIERED, half), "space of TIERED, u = 0.5, T = 4");
        assertEquals(1.0, costs.space(TreeShape.TIERED, writes(0, 0, 0)), "space of TIERED without writes");
        // 10,000 live bytes are two levels; with the old versions of tiers, 17,500 are three
        check("10 bytes", 10 * 5, OPTIONS, TreeShape.TIERED, new Asked(half, 10_000));
        check("10 bytes", 10 * 6, OPTIONS, TreeShape.LAZY_LEVELED, new Asked(half, 10_000));
    }

    @Test
    @DisplayName("windows of time: by the flushes of a window, and only if at most a tenth is overwritten")
    void windows() {
        // 10 flushes a second, windows of two seconds: 20 flushes, three levels of a window
        LoadWindow tenth = writes(10_000, 10, 1);
        check("10,000 bytes", 10_000 * 7, WINDOWS, TreeShape.TIME_WINDOW, new Asked(tenth, 16_000));
        LoadWindow more = writes(10_000, 100, 11);
        check("11 %: twice LEVELED", 10_000 * 2 * 25, WINDOWS, TreeShape.TIME_WINDOW, new Asked(more, 16_000));
        assertEquals(
                Double.POSITIVE_INFINITY,
                new ShapeCosts(OPTIONS).bytes(TreeShape.TIME_WINDOW, tenth, 16_000),
                "bytes of TIME_WINDOW without a length");
        LoadWindow scans = new LoadWindow(1_000, 0, 0, 1, 0, 10, 10_000, 0);
        check(
                "a scan of 40 flushes in windows of 20",
                70_000 + 100 * (2 + 4.5),
                WINDOWS,
                TreeShape.TIME_WINDOW,
                new Asked(scans, 40_000));
        LoadWindow slow = new LoadWindow(1_000, 0, 0, 1, 0, 1, 1, 0);
        check(
                "windows of less than a flush",
                3 + 100 * (16 + 1.5),
                WINDOWS,
                TreeShape.TIME_WINDOW,
                new Asked(slow, 16_000));
        LoadWindow atOnce = new LoadWindow(0, 0, 0, 0, 0, 10, 10, 0);
        check("a load of no time", 10 * 7, WINDOWS, TreeShape.TIME_WINDOW, new Asked(atOnce, 16_000));
    }
}
