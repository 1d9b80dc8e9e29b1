package storagelab.grader.hidden.lab05;

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
import storagelab.compaction.TieredPicker;
import storagelab.manifest.Version;
import storagelab.testkit.Seeds;

/** Exercise 5.10: which runs are merged where each is a level of its own, and what that writes. */
@Tag("5.10")
class TieredPickerHiddenTest {
    private static final TieredPicker PICKER = new TieredPicker(4, 1, 200);

    private static PickerTables flushed(long... bytes) {
        return new PickerTables().flushed(bytes);
    }

    @Test
    @DisplayName("nothing is due with fewer runs than the limit; tables of level 0 count one by one")
    void number() {
        assertPicks(NOTHING, PICKER, Version.empty());
        assertPicks(NOTHING, PICKER, flushed(10, 10, 10).version());
        assertPicks(NOTHING, PICKER, flushed(10, 10).runs(6, 5).version());
        assertPicks(
                NOTHING,
                PICKER,
                new PickerTables()
                        .runs(1, 5)
                        .runs(2, 5)
                        .table(6, "a", "c", 5)
                        .table(6, "d", "f", 5)
                        .table(6, "g", "i", 5)
                        .version());
        assertPicks(
                "space: 0 [103 102 101], 6 [104] into run 0 of level 6",
                PICKER,
                flushed(10, 10, 10).runs(6, 15).version());
    }

    @Test
    @DisplayName("all runs are merged when those beside the oldest have as many percent of it as was said")
    void space() {
        assertPicks(
                "space: 0 [102 101], 5 [103], 6 [104] into run 0 of level 6",
                PICKER,
                flushed(10, 10).runs(5, 180).runs(6, 100).version());
        assertPicks(
                "size: 0 [102 101] into run 0 of level 4",
                PICKER,
                flushed(10, 10).runs(5, 179).runs(6, 100).version());
        assertPicks(
                "space: 0 [104 103 102 101] into run 0 of level 6",
                PICKER,
                flushed(10, 10, 5, 5).version());
        assertPicks(
                "size: 0 [104 103 102 101] into run 0 of level 6",
                PICKER,
                flushed(11, 10, 6, 5).version());
        assertPicks(
                "space: 0 [101], 2 [102], 3 [103], 4 [104] into run 0 of level 6",
                new TieredPicker(4, 1, 25),
                flushed(10).runs(2, 40).runs(3, 200).runs(4, 1000).version());
    }

    @Test
    @DisplayName("from the newest on, runs are taken that are not larger than those before them together and the ratio")
    void size() {
        assertPicks(
                "size: 3 [102], 4 [103] into run 0 of level 5",
                PICKER,
                flushed(10).runs(3, 100).runs(4, 101).runs(6, 9000).version());
        assertPicks(
                "number: 3 [102], 4 [103] into run 0 of level 5",
                PICKER,
                flushed(10).runs(3, 100).runs(4, 102).runs(6, 9000).version());
        assertPicks(
                "size: 3 [102], 4 [103], 5 [104] into run 0 of level 5",
                PICKER,
                flushed(10).runs(3, 100).runs(4, 100).runs(5, 202).runs(6, 9000).version());
        assertPicks(
                "size: 3 [102], 4 [103] into run 0 of level 4",
                PICKER,
                flushed(10).runs(3, 100).runs(4, 100).runs(5, 203).runs(6, 9000).version());
        assertPicks(
                "size: 0 [102 101], 4 [103] into run 0 of level 5",
                PICKER,
                flushed(10, 90).runs(4, 101).runs(6, 9000).version());
        assertPicks(
                "size: 3 [102], 5 [103] into run 0 of level 5",
                new TieredPicker(4, 50, 200),
                flushed(10).runs(3, 20).runs(5, 30).runs(6, 9000).version());
        assertPicks(
                "size: 0 [101], 3 [102] into run 0 of level 3",
                new TieredPicker(4, 100, 200),
                flushed(10).runs(3, 20).runs(4, 61).runs(6, 9000).version());
    }

    @Test
    @DisplayName("level 0 is enough by itself if it has two tables, and not if it has one")
    void levelZero() {
        assertPicks(
                "size: 0 [102 101] into run 0 of level 3",
                PICKER,
                flushed(10, 10).runs(4, 60).runs(6, 9000).version());
        assertPicks(
                "size: 5 [103], 6 [104] into run 0 of level 6",
                PICKER,
                flushed(10).runs(2, 1000).runs(5, 9000).runs(6, 9000).version());
    }

    @Test
    @DisplayName(
            "if nothing else applies, the two neighbours are merged that are most alike; of equal ones, the newest")
    void mostAlike() {
        assertPicks(
                "number: 4 [102], 5 [103] into run 0 of level 5",
                PICKER,
                flushed(10).runs(4, 31).runs(5, 89).runs(6, 270).version());
        assertPicks(
                "number: 0 [101], 3 [102] into run 0 of level 4",
                PICKER,
                flushed(10).runs(3, 30).runs(5, 90).runs(6, 270).version());
        assertPicks(
                "number: 5 [103], 6 [104 105] into run 0 of level 6",
                PICKER,
                flushed(10)
                        .runs(4, 35)
                        .runs(5, 110)
                        .table(6, "a", "k", 100)
                        .table(6, "l", "z", 201)
                        .version());
        assertPicks(
                "number: 0 [101], 1 [102] into run 0 of level 1",
                PICKER,
                flushed(10).runs(1, 20).runs(2, 90).runs(3, 900).version());
    }

    @Test
    @DisplayName("how many times as large a run is is compared exactly, and the ratio may be of any size")
    void exactly() {
        assertPicks(
                "number: 3 [102], 4 [103] into run 0 of level 5",
                PICKER,
                flushed(10).runs(3, 39).runs(4, 125).runs(6, 9000).version());
        assertPicks(
                "size: 0 [101], 3 [102], 4 [103], 6 [104] into run 0 of level 6",
                new TieredPicker(4, Integer.MAX_VALUE, 200),
                flushed(10).runs(3, 100).runs(4, 1000).runs(6, 9000).version());
    }

    @Test
    @DisplayName("runs of gigabytes are compared as small ones are")
    void large() {
        long unit = 350_000; // 9,000 of them are more than an int has
        assertPicks(
                "size: 3 [102], 4 [103] into run 0 of level 5",
                PICKER,
                flushed(10 * unit)
                        .runs(3, 100 * unit)
                        .runs(4, 101 * unit)
                        .runs(6, 9000 * unit)
                        .version());
        assertPicks(
                "number: 3 [102], 4 [103] into run 0 of level 5",
                PICKER,
                flushed(10 * unit)
                        .runs(3, 100 * unit)
                        .runs(4, 102 * unit)
                        .runs(6, 9000 * unit)
                        .version());
        assertPicks(
                "space: 0 [102 101], 5 [103], 6 [104] into run 0 of level 6",
                PICKER,
                flushed(10 * unit, 10 * unit)
                        .runs(5, 180 * unit)
                        .runs(6, 100 * unit)
                        .version());
    }

    @Test
    @DisplayName(
            "where level 1 is taken, the deepest run above a gap moves first; without a gap, level 1 is merged, too")
    void room() {
        assertPicks(
                "room: 1 [103] into run 0 of level 5",
                PICKER,
                flushed(10, 10).runs(1, 100).runs(6, 9000).version());
        assertPicks(
                "room: 2 [104 105] into run 0 of level 5",
                PICKER,
                flushed(10, 10)
                        .runs(1, 100)
                        .table(2, "a", "k", 500)
                        .table(2, "l", "z", 500)
                        .runs(6, 9000)
                        .version());
        assertPicks(
                "room: 4 [105] into run 0 of level 6",
                PICKER,
                flushed(10, 10).runs(1, 100).runs(3, 1000).runs(4, 9000).version());
        assertPicks(
                "room: 1 [103] into run 0 of level 2",
                PICKER,
                flushed(10, 10)
                        .runs(1, 100)
                        .runs(3, 500)
                        .runs(4, 2500)
                        .runs(5, 12_500)
                        .runs(6, 62_500)
                        .version());
        assertPicks(
                "size: 0 [102 101], 1 [103] into run 0 of level 1",
                PICKER,
                flushed(10, 10)
                        .runs(1, 100)
                        .runs(2, 500)
                        .runs(3, 2500)
                        .runs(4, 12_500)
                        .runs(5, 62_500)
                        .runs(6, 312_500)
                        .version());
        assertPicks(
                "size: 0 [102 101] into run 0 of level 1",
                PICKER,
                flushed(10, 10).runs(2, 100).runs(6, 9000).version());
    }

    @Test
    @DisplayName("levels with several runs are brought into shape first, also where there are few")
    void shape() {
        assertPicks(
                "shape: 0 [101], 3 [102 103] into run 0 of level 6",
                PICKER,
                flushed(1).runs(3, 1, 1).version());
        assertPicks(NOTHING, PICKER, flushed(1).runs(3, 1).runs(6, 1).version());
    }

    @Test
    @DisplayName(
            "after any flushes the merges come to an end, runs are fewer than the limit, and the newest is found first")
    void model() {
        Seeds.check(10, random -> {
            int runsMax = 2 + random.nextInt(5);
            TieredPicker picker = new TieredPicker(runsMax, random.nextInt(60), 1 + random.nextInt(400));
            PickerModel store = new PickerModel(picker, 3 + random.nextInt(20));
            for (int i = 0; i < 120; i++) {
                store.flush(random, 0);
                Version version = store.version();
                assertTrue(version.fitsLevelDb(), "a level has several runs: " + version);
                assertTrue(
                        version.runs().size() < runsMax,
                        "nothing is due any more, and there are "
                                + version.runs().size() + " runs, of " + runsMax + " that are too many: " + version);
            }
        });
    }

    @ParameterizedTest
    @CsvSource({"2, 100, 51.49", "4, 256, 10.6641", "4, 1000, 16.147", "6, 1000, 11.023", "6, 4096, 15.0964"})
    @DisplayName(
            "flushes of equal size write as much as the rules lead to, and at most 1.5 times what the best merges do")
    void writes(int runsMax, int flushes, double expected) {
        CompactionSimulator simulator =
                new CompactionSimulator(new TieredPicker(runsMax, 1, 200), Load.wholeLevels()).flush(flushes);
        double found = simulator.writeAmplification();
        String what =
                "bytes written for each byte flushed, " + flushes + " flushes, at most " + (runsMax - 1) + " runs";
        assertTrue(Math.abs(found - expected) <= 0.0005, what + ": expected " + expected + ", found " + found);
        int k = runsMax - 1;
        double factorial = 1;
        for (int i = 2; i <= k; i++) {
            factorial *= i;
        }
        double best = k / (k + 1.0) * Math.pow(factorial * flushes, 1.0 / k);
        assertTrue(found <= 1.5 * best, what + ": at most 1.5 · " + best + ", found " + found);
    }
}
