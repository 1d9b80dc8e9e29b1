package storagelab.compaction;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import storagelab.compaction.CompactionSimulator.Load;
import storagelab.compaction.CompactionSimulator.Shape;
import storagelab.manifest.FileMetadata;
import storagelab.manifest.Version;

/** The pickers of the store, on flushes of which there are only sizes, against the formulas. */
class CompactionSimulatorTest {
    private static final long UNIT = Load.wholeLevels().flushBytes();

    private static CompactionSimulator fill(CompactionPicker picker, int factor, int levels) {
        return new CompactionSimulator(picker, Load.wholeLevels()).flush(Math.round(Math.pow(factor, levels)));
    }

    @Tag("5.9")
    @ParameterizedTest
    @CsvSource({"4, 3, 8.5", "10, 3, 17.5", "4, 4, 11.0", "10, 4, 23.0"})
    @DisplayName("leveling: what merges bring to the levels is (T+1)/2 a level; a flush is one write more")
    void leveling(int factor, int levels, double expected) {
        assertEquals(expected, Shape.LEVELING.writeAmplification(factor, levels));
        CompactionSimulator simulator = fill(new LeveledPicker(1, factor * UNIT, factor), factor, levels);
        double all = 1; // the flush
        for (int level = 1; level <= levels; level++) { // the formula counts what moves as it is, too
            double here = simulator.bytesWritten(level) + simulator.bytesMoved(level);
            assertThat("level " + level, here / simulator.bytesWritten(0), closeTo((factor + 1) / 2.0, 0.01));
            all += here / simulator.bytesWritten(0);
        }
        assertThat("write amplification of " + simulator, all, closeTo(expected, 0.05 * expected));
        assertThat(simulator.writeAmplification(), lessThanOrEqualTo(expected));
        assertEquals(Shape.LEVELING.runsMax(factor, levels), simulator.runsMax(), "runs");
    }

    @Tag("5.12")
    @ParameterizedTest
    @CsvSource({"4, 3, 3", "10, 3, 3", "4, 4, 4", "10, 4, 4"})
    @DisplayName("tiering: a byte is written once on each of L levels, and a get has L (T-1) runs to look at")
    void tiering(int factor, int levels, double expected) {
        assertEquals(expected, Shape.TIERING.writeAmplification(factor, levels));
        CompactionSimulator simulator = fill(LazyLeveledPicker.tiering(factor), factor, levels);
        assertThat(
                "write amplification of " + simulator,
                simulator.writeAmplification(),
                closeTo(expected, 0.05 * expected));
        assertEquals(Shape.TIERING.runsMax(factor, levels), simulator.runsMax(), "runs");
    }

    @Tag("5.12")
    @ParameterizedTest
    @CsvSource({"4, 3, 4.5", "10, 3, 7.5", "4, 4, 5.5", "10, 4, 8.5"})
    @DisplayName("lazy leveling: (L-1) + (T+1)/2, although which level is the last changes on the way")
    void lazyLeveling(int factor, int levels, double expected) {
        assertEquals(expected, Shape.LAZY_LEVELING.writeAmplification(factor, levels));
        CompactionSimulator simulator = fill(new LazyLeveledPicker(factor, 1), factor, levels);
        assertThat(
                "write amplification of " + simulator,
                simulator.writeAmplification(),
                closeTo(expected, 0.05 * expected));
        assertEquals(Shape.LAZY_LEVELING.runsMax(factor, levels), simulator.runsMax(), "runs");
        assertEquals(levels - 1, simulator.version().runs().get(0).level(), "all of it is on the last level");
        assertThat("a merge of everything needs everything twice", simulator.peakSpace(), closeTo(2.0, 0.01));
    }

    @Tag("5.12")
    @Test
    @DisplayName("the worked example: 16 flushes with a factor of 4 write 56 units")
    void workedExample() {
        CompactionSimulator simulator = fill(new LazyLeveledPicker(4, 1), 4, 2);
        assertEquals(16 * UNIT, simulator.bytesWritten(0));
        assertEquals(40 * UNIT, simulator.bytesWritten(1));
        assertEquals(3.5, simulator.writeAmplification());
    }

    @Tag("5.10")
    @ParameterizedTest
    @CsvSource({"4, 1000", "5, 1000", "6, 1000", "4, 4096", "5, 4096", "6, 4096"})
    @DisplayName("tiered, each run a level of its own: at most 1.5 times what the best merges of so few runs write")
    void universal(int runsMax, int flushes) {
        CompactionSimulator simulator =
                new CompactionSimulator(new TieredPicker(runsMax, 1, 200), Load.wholeLevels()).flush(flushes);
        int k = runsMax - 1;
        double factorial = 1;
        for (int i = 2; i <= k; i++) {
            factorial *= i;
        }
        double best = k / (k + 1.0) * Math.pow(factorial * flushes, 1.0 / k);
        assertThat("with " + k + " runs", simulator.writeAmplification(), lessThan(1.5 * best));
        assertThat(simulator.runsMax(), lessThanOrEqualTo(k));
    }

    @Tag("5.11")
    @Test
    @DisplayName(
            "time windows: what is written for a byte depends on its window, and not on how many windows there are")
    void windows() {
        TimeWindowPicker picker = new TimeWindowPicker(64_000, 4); // 64 flushes a window: 4 · 4 · 4
        CompactionSimulator few = new CompactionSimulator(picker, Load.wholeLevels()).flush(640);
        CompactionSimulator many = new CompactionSimulator(picker, Load.wholeLevels()).flush(6400);
        assertThat(few.writeAmplification(), closeTo(4, 0.1)); // flushed, 4 together, 16 together, the whole window
        assertThat(many.writeAmplification(), closeTo(few.writeAmplification(), 0.05));
        assertThat("one run a window, and those of the current one", many.runs(), lessThanOrEqualTo(101 + 9));
        assertEquals(
                101,
                many.version().runs().stream()
                        .map(run -> run.newestMillis() / 64_000)
                        .distinct()
                        .count());
    }

    @Tag("5.9")
    @Test
    @DisplayName("tables of 2 MiB instead of whole levels: a get looks at a run a level, and merges need little room")
    void tableByTable() {
        CompactionSimulator simulator =
                new CompactionSimulator(LeveledPicker.defaults(), new Load(4 << 20, 2 << 20, 1)).flush(300);
        Version version = simulator.version();
        assertEquals(
                300L * (4 << 20),
                version.files().stream().mapToLong(file -> file.sizeBytes()).sum());
        assertThat(simulator.peakSpace(), lessThan(1.1));
        assertThat(simulator.writeAmplification(), closeTo(10.0, 1.5));
        assertThat(simulator.runsMean(), lessThan(6.0));
    }

    @Tag("5.9")
    @ParameterizedTest
    @CsvSource({"1000000, 10.5, 9.8, 24.6", "250000, 10.8, 6.8, 21.6"})
    @DisplayName("a table at a time, levels stay full: a byte is written about T times on level 1, not (T + 1)/2 times")
    void levelsThatStayFull(long tableBytes, double onLevelOne, double onLevelTwo, double all) {
        LeveledPicker picker = new LeveledPicker(1, 10 * UNIT, 10);
        CompactionSimulator whole = new CompactionSimulator(picker, Load.wholeLevels()).flush(1000);
        assertThat("whole levels", whole.writeAmplification(), closeTo(17.2, 0.05));
        CompactionSimulator tables = new CompactionSimulator(picker, new Load(UNIT, tableBytes, 1000)).flush(1000);
        assertThat("level 1", (double) tables.bytesWritten(1) / tables.bytesWritten(0), closeTo(onLevelOne, 0.05));
        assertThat("level 2", (double) tables.bytesWritten(2) / tables.bytesWritten(0), closeTo(onLevelTwo, 0.05));
        assertThat("a table at a time", tables.writeAmplification(), closeTo(all, 0.05));
    }

    @Test
    @DisplayName("a simulated merge has the bytes of its inputs, where they were, in tables of the size that is wanted")
    void merges() {
        SimulatedMerge.Part low = new SimulatedMerge.Part(0, 5, 6);
        SimulatedMerge.Part high = new SimulatedMerge.Part(3, 8, 6);
        assertEquals(
                List.of(
                        new SimulatedMerge.Part(0, 3, 5),
                        new SimulatedMerge.Part(4, 5, 4),
                        new SimulatedMerge.Part(6, 8, 3)),
                SimulatedMerge.of(List.of(low.table(1), high.table(2)), List.of(), 4));
        SimulatedMerge.Part far = new SimulatedMerge.Part(1000, 1009, 1000);
        List<SimulatedMerge.Part> apart =
                SimulatedMerge.of(List.of(low.table(1), far.table(2)), List.of(), Long.MAX_VALUE);
        assertEquals(List.of(new SimulatedMerge.Part(0, 1009, 1006)), apart);
        FileMetadata below = new SimulatedMerge.Part(0, 1, 1001).table(3);
        assertEquals(
                List.of(new SimulatedMerge.Part(0, 1, 2), new SimulatedMerge.Part(2, 5, 4)),
                SimulatedMerge.of(List.of(low.table(1)), List.of(below), 100),
                "cut behind ten times as much of the level below");
    }
}
