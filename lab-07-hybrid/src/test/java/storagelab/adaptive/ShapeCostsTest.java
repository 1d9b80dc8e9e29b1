package storagelab.adaptive;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("7.9")
class ShapeCostsTest {
    private static final double MILLION = 1e6;
    private static final double LIVE_BYTES = 40.0 * (4 << 20);
    private static final LoadWindow LOAD =
            new LoadWindow(60_000, 0, 1_000_000, 1_000, 400_000_000, 100_000, 100_000_000, 100_000);

    @Test
    @DisplayName("the worked example: overwriting, gets that find nothing, and scans")
    void example() {
        ShapeCosts costs = new ShapeCosts(AdaptiveOptions.defaults());
        assertThat(
                "leveled", costs.bytes(TreeShape.LEVELED, LOAD, LIVE_BYTES), closeTo(3847.25 * MILLION, 0.1 * MILLION));
        assertThat(
                "lazy leveled",
                costs.bytes(TreeShape.LAZY_LEVELED, LOAD, LIVE_BYTES),
                closeTo(2360.45 * MILLION, 0.1 * MILLION));
        assertThat(
                "tiered", costs.bytes(TreeShape.TIERED, LOAD, LIVE_BYTES), closeTo(2773.09 * MILLION, 0.1 * MILLION));
        assertThat("no windows", costs.bytes(TreeShape.TIME_WINDOW, LOAD, LIVE_BYTES), is(Double.POSITIVE_INFINITY));
    }

    @Test
    @DisplayName("windows of time are for keys that are not overwritten")
    void windows() {
        ShapeCosts costs = new ShapeCosts(AdaptiveOptions.defaults().withWindowMillis(60_000));
        LoadWindow few = new LoadWindow(60_000, 0, 0, 0, 0, 1_000, 10L << 22, 100);
        LoadWindow many = new LoadWindow(60_000, 0, 0, 0, 0, 1_000, 10L << 22, 101);
        // a window has ten flushes, which are written when they come, eight at a time, and when the window ends
        assertThat("a tenth of the keys", costs.bytes(TreeShape.TIME_WINDOW, few, LIVE_BYTES), is(5.0 * (10L << 22)));
        assertThat(
                "more than a tenth",
                costs.bytes(TreeShape.TIME_WINDOW, many, LIVE_BYTES),
                is(2 * costs.bytes(TreeShape.LEVELED, many, LIVE_BYTES)));
    }
}
