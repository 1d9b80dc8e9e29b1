package storagelab.grader.hidden.lab05;

import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;
import static storagelab.grader.hidden.lab05.PickerTables.NOTHING;
import static storagelab.grader.hidden.lab05.PickerTables.assertPicks;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import storagelab.compaction.CompactionSimulator;
import storagelab.compaction.CompactionSimulator.Load;
import storagelab.compaction.CompactionSimulator.Shape;
import storagelab.compaction.LazyLeveledPicker;
import storagelab.manifest.SortedRun;
import storagelab.manifest.Version;
import storagelab.testkit.Seeds;

/** Exercise 5.12: which runs come down where all levels but the last collect them, and what that writes. */
@Tag("5.12")
class LazyLeveledPickerHiddenTest {
    private static final LazyLeveledPicker PICKER = new LazyLeveledPicker(4, 1);
    private static final LazyLeveledPicker TWO = new LazyLeveledPicker(4, 2);
    private static final LazyLeveledPicker TIERING = new LazyLeveledPicker(4, 4);

    /** Four tables of ten bytes on level 0, 101 to 104. */
    private static PickerTables four() {
        return new PickerTables().flushed(10, 10, 10, 10);
    }

    @Test
    @DisplayName("fewer runs than the factor are left alone; as many of level 0 become a run of level 1")
    void first() {
        assertPicks(NOTHING, PICKER, Version.empty());
        assertPicks(NOTHING, PICKER, new PickerTables().flushed(10, 10, 10).version());
        assertPicks(
                NOTHING,
                PICKER,
                new PickerTables()
                        .flushed(10, 10, 10)
                        .runs(1, 40, 40, 40)
                        .runs(3, 9)
                        .version());
        assertPicks("tier: 0 [104 103 102 101] into run 104 of level 1", PICKER, four().version());
        assertPicks(
                "tier: 0 [105 104 103 102 101] into run 105 of level 1",
                PICKER,
                four().flushed(10).version());
        assertPicks(
                "tier: 0 [102 101] into run 102 of level 1",
                new LazyLeveledPicker(2, 1),
                new PickerTables().flushed(10, 10).version());
    }

    @Test
    @DisplayName("the lowest level with enough runs is next; runs that lie between are not jumped over")
    void tiers() {
        assertPicks(
                "tier: 0 [104 103 102 101] into run 104 of level 1",
                PICKER,
                four().runs(1, 40, 40, 40, 40).runs(2, 160).version());
        assertPicks(
                "tier: 1 [101 102 103 104] into run 4 of level 2",
                PICKER,
                new PickerTables().runs(1, 40, 40, 40, 40).runs(2, 9).runs(3, 9).version());
        assertPicks(
                "tier: 1 [101 102 103 104] into run 4 of level 2",
                PICKER,
                new PickerTables().runs(1, 40, 40, 40, 40).runs(3, 9).runs(5, 9).version());
        assertPicks(
                "tier: 0 [104 103 102 101] into run 104 of level 1",
                PICKER,
                four().runs(2, 1).runs(3, 9).version());
    }

    @Test
    @DisplayName("a last level that is next joins what comes, but for the tables that this does not overlap")
    void joins() {
        assertPicks(
                "last: 0 [104 103 102 101], 1 [106 107 108] into run 50 of level 1",
                PICKER,
                new PickerTables()
                        .flushed("f", "h", 10)
                        .flushed("m", "m", 10)
                        .flushed("g", "i", 10)
                        .flushed("g", "i", 10)
                        .part(1, 50, "a", "e", 10)
                        .part(1, 50, "ee", "f", 10)
                        .part(1, 50, "j", "k", 10)
                        .part(1, 50, "m", "p", 10)
                        .part(1, 50, "pp", "z", 10)
                        .version());
        assertPicks(
                "last: 0 [104 103 102 101] into run 50 of level 1",
                PICKER,
                new PickerTables()
                        .flushed("f", "h", 10)
                        .flushed("f", "h", 10)
                        .flushed("f", "h", 10)
                        .flushed("f", "h", 10)
                        .part(1, 50, "p", "z", 10)
                        .version());
    }

    @Test
    @DisplayName("a last level that is full, rounded, moves down, and makes room for what comes")
    void full() {
        assertPicks(
                "last: 0 [104 103 102 101], 1 [105] into run 1 of level 1",
                PICKER,
                four().runs(1, 139).version());
        assertPicks(
                "deeper: 1 [105] into run 1 of level 2",
                PICKER,
                four().runs(1, 140).version());
        assertPicks(
                "deeper: 1 [105] into run 1 of level 2",
                PICKER,
                four().runs(1, 9000).version());
        assertPicks(
                "deeper: 5 [105] into run 1 of level 6",
                PICKER,
                new PickerTables().runs(4, 10, 10, 10, 10).runs(5, 160).version());
        assertPicks(
                "last: 5 [101 102 103 104], 6 [105] into run 1 of level 6",
                PICKER,
                new PickerTables().runs(5, 10, 10, 10, 10).runs(6, 9000).version());
        assertPicks(
                "deeper: 1 [103 104] into run 7 of level 2",
                new LazyLeveledPicker(2, 1),
                new PickerTables()
                        .flushed(10, 10)
                        .part(1, 7, "a", "k", 15)
                        .part(1, 7, "l", "z", 15)
                        .version());
    }

    @Test
    @DisplayName("levels of terabytes are full as small ones are")
    void large() {
        long unit = 1L << 33;
        PickerTables tables = new PickerTables().flushed(10 * unit, 10 * unit, 10 * unit, 10 * unit);
        assertPicks(
                "deeper: 1 [105] into run 1 of level 2",
                PICKER,
                tables.runs(1, 140 * unit).version());
        tables = new PickerTables().flushed(10 * unit, 10 * unit, 10 * unit, 10 * unit);
        assertPicks(
                "last: 0 [104 103 102 101], 1 [105] into run 1 of level 1",
                PICKER,
                tables.runs(1, 140 * unit - 21).version());
    }

    @Test
    @DisplayName("a last level that is far below is left there if it is full, and comes up if it is not")
    void farBelow() {
        assertPicks(
                "tier: 0 [104 103 102 101] into run 104 of level 1",
                PICKER,
                four().runs(6, 140).version());
        assertPicks(
                "last: 0 [104 103 102 101], 6 [105] into run 104 of level 1",
                PICKER,
                four().runs(6, 139).version());
        assertPicks(
                "last: 2 [101 102 103 104], 5 [105 106] into run 4 of level 3",
                PICKER,
                new PickerTables()
                        .runs(2, 10, 10, 10, 10)
                        .part(5, 1, "a", "b", 50)
                        .part(5, 1, "zz", "zzz", 50)
                        .version());
    }

    @Test
    @DisplayName("too many runs on the last level become one, unless something is to come down")
    void manyOnTheLast() {
        assertPicks(
                "runs: 3 [101 102] into run 2 of level 3",
                PICKER,
                new PickerTables().runs(3, 10, 10).version());
        assertPicks(NOTHING, TWO, new PickerTables().runs(3, 10, 10).version());
        assertPicks(
                "runs: 3 [101 102 103] into run 3 of level 3",
                TWO,
                new PickerTables().runs(3, 10, 10, 10).flushed(1, 1, 1).version());
        assertPicks(
                "last: 0 [104 103 102 101], 1 [105 106] into run 104 of level 1",
                PICKER,
                four().runs(1, 10, 10).version());
        assertPicks(
                "runs: 1 [101 102] into run 2 of level 1",
                PICKER,
                new PickerTables().runs(1, 10, 10).version());
    }

    @Test
    @DisplayName("with more runs allowed on the last level, it collects that many, and is merged before it moves down")
    void severalOnTheLast() {
        assertPicks(
                "tier: 0 [104 103 102 101] into run 104 of level 1",
                TWO,
                four().runs(1, 40).version());
        assertPicks(
                "last: 0 [104 103 102 101], 1 [105 106] into run 104 of level 1",
                TWO,
                four().runs(1, 40, 40).version());
        assertPicks(
                "deeper: 1 [105 106] into run 2 of level 2",
                TWO,
                four().runs(1, 80, 80).version());
        assertPicks(
                "tier: 0 [104 103 102 101] into run 104 of level 4",
                TWO,
                four().runs(4, 40).version());
        assertPicks(
                "last: 0 [104 103 102 101], 4 [105 106] into run 104 of level 1",
                TWO,
                four().runs(4, 40, 40).version());
        assertPicks(
                "tier: 0 [104 103 102 101] into run 104 of level 1",
                TIERING,
                four().runs(1, 40, 40, 30).version());
        assertPicks(
                "deeper: 1 [105 106 107 108] into run 4 of level 2",
                TIERING,
                four().runs(1, 40, 40, 40, 40).version());
        assertPicks(
                "last: 5 [101 102 103 104], 6 [105 106 107 108] into run 4 of level 6",
                TIERING,
                new PickerTables()
                        .runs(5, 10, 10, 10, 10)
                        .runs(6, 10, 10, 10, 900)
                        .version());
    }

    @Test
    @DisplayName(
            "after any flushes the merges come to an end, no level has too many runs, and the newest is found first")
    void model() {
        Seeds.check(10, random -> {
            int factor = 2 + random.nextInt(4);
            LazyLeveledPicker picker = new LazyLeveledPicker(factor, 1 + random.nextInt(factor));
            PickerModel store = new PickerModel(picker, 3 + random.nextInt(20));
            for (int i = 0; i < 120; i++) {
                store.flush(random, 0);
                assertSettled(store.version(), picker);
            }
        });
    }

    private static void assertSettled(Version version, LazyLeveledPicker picker) {
        int last = Math.max(
                1, version.runs().stream().mapToInt(SortedRun::level).max().orElse(1));
        for (int level = 0; level <= last; level++) {
            int runs = version.runs(level).size();
            assertTrue(
                    runs < picker.factor() || level == last,
                    "nothing is due any more, and level " + level + " has " + runs + " runs, with " + picker);
        }
        int runs = version.runs(last).size();
        assertTrue(
                runs <= picker.lastRuns(),
                "nothing is due any more, and the last level has " + runs + " runs, with " + picker);
    }

    @ParameterizedTest
    @CsvSource({"3, 4", "4, 3", "4, 4", "7, 3", "10, 3"})
    @DisplayName("lazy leveling: (L - 1) + (T + 1)/2 for a byte, within five percent, and (L - 1)(T - 1) + 1 runs")
    void lazy(int factor, int levels) {
        assertFormula(Shape.LAZY_LEVELING, new LazyLeveledPicker(factor, 1), levels);
    }

    @ParameterizedTest
    @CsvSource({"3, 4", "4, 3", "4, 4", "7, 3", "10, 3"})
    @DisplayName("tiering: L for a byte, within five percent, and L(T - 1) runs")
    void tiering(int factor, int levels) {
        assertFormula(Shape.TIERING, new LazyLeveledPicker(factor, factor), levels);
    }

    private static void assertFormula(Shape shape, LazyLeveledPicker picker, int levels) {
        CompactionSimulator simulator = new CompactionSimulator(picker, Load.wholeLevels())
                .flush(Math.round(Math.pow(picker.factor(), levels)));
        double expected = shape.writeAmplification(picker.factor(), levels);
        double found = simulator.writeAmplification();
        assertTrue(
                Math.abs(found - expected) <= 0.05 * expected,
                "bytes written for each byte flushed, " + picker + ", L = " + levels + ": expected " + expected
                        + ", found " + found);
        assertEquals(
                shape.runsMax(picker.factor(), levels),
                simulator.runsMax(),
                "runs that a get has to look at, at most, " + picker + ", L = " + levels);
    }
}
