package storagelab.grader.hidden.lab05;

import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;
import static storagelab.grader.hidden.lab05.PickerTables.NOTHING;
import static storagelab.grader.hidden.lab05.PickerTables.assertPicks;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import storagelab.api.Slice;
import storagelab.compaction.CompactionPicker;
import storagelab.compaction.CompactionSimulator;
import storagelab.compaction.CompactionSimulator.Load;
import storagelab.compaction.CompactionSimulator.Shape;
import storagelab.compaction.LeveledPicker;
import storagelab.manifest.Version;
import storagelab.testkit.Seeds;

/** Exercise 5.9: which merge a leveled store needs, and what that writes. */
@Tag("5.9")
class LeveledPickerHiddenTest {
    private static final LeveledPicker PICKER = new LeveledPicker(4, 1000, 10);

    private static CompactionPicker.State endedAt(int level, @Nullable Slice key) {
        return new CompactionPicker.State(asked -> asked == level ? key : PickerTables.key("zz"), 0);
    }

    private static void assertScore(double expected, Version version, int level) {
        double found = PICKER.score(version, level);
        assertTrue(
                Math.abs(found - expected) < 1e-9,
                "the score of level " + level + " of " + version + ": expected " + expected + ", found " + found);
    }

    @Test
    @DisplayName("scores: tables on level 0, bytes on the others, none for the last")
    void scores() {
        Version version = new PickerTables()
                .flushed(5000, 1, 1)
                .table(1, "a", "c", 300)
                .table(1, "d", "f", 450)
                .table(2, "a", "z", 15_000)
                .table(5, "a", "z", 5_000_000)
                .table(6, "a", "z", 1L << 60)
                .version();
        assertScore(0.75, version, 0);
        assertScore(0.75, version, 1);
        assertScore(1.5, version, 2);
        assertScore(0, version, 3);
        assertScore(0.5, version, 5);
        assertScore(0, version, 6);
    }

    @Test
    @DisplayName("nothing is due below a score of 1; at 1 it is")
    void limits() {
        assertPicks(NOTHING, PICKER, Version.empty());
        assertPicks(
                NOTHING, PICKER, new PickerTables().flushed(9000, 9000, 9000).version());
        assertPicks(
                "size: 0 [104 103 102 101] into run 0 of level 1",
                PICKER,
                new PickerTables().flushed(1, 1, 1, 1).version());
        assertPicks(
                NOTHING, PICKER, new PickerTables().table(3, "a", "z", 99_999).version());
        assertPicks(
                "size: 3 [101] into run 0 of level 4",
                PICKER,
                new PickerTables().table(3, "a", "z", 100_000).version());
        assertPicks(
                NOTHING, PICKER, new PickerTables().table(6, "a", "z", 1L << 60).version());
    }

    @Test
    @DisplayName("levels of gigabytes have the limits that the formula says")
    void largeLevels() {
        LeveledPicker defaults = LeveledPicker.defaults(); // 10 MiB, 100 MiB, 1,000 MiB, 10,000 MiB ...
        assertPicks(
                NOTHING,
                defaults,
                new PickerTables().table(4, "a", "z", (10_000L << 20) - 1).version());
        assertPicks(
                "size: 4 [101] into run 0 of level 5",
                defaults,
                new PickerTables().table(4, "a", "z", 10_000L << 20).version());
        long debt = defaults.debtBytes(
                new PickerTables().table(4, "a", "z", 15_000L << 20).version());
        assertTrue(
                Math.abs(debt - 11 * (5000L << 20)) <= 1,
                "debt of level 4 with 15,000 MiB, which may have 10,000: expected 55,000 MiB, found " + debt
                        + " bytes");
    }

    @Test
    @DisplayName("the level with the greatest score is next; of equal ones, the lowest")
    void whichLevel() {
        PickerTables tables = new PickerTables()
                .flushed(1, 1, 1, 1)
                .table(1, "a", "c", 2000)
                .table(2, "d", "f", 20_000)
                .table(5, "g", "i", 19_000_000);
        assertPicks("size: 1 [105] into run 0 of level 2", PICKER, tables.version());
        assertPicks(
                "size: 0 [112 111 110 109 104 103 102 101], 1 [105] into run 0 of level 1",
                PICKER,
                tables.table(3, "p", "q", 1).flushed(1, 1, 1, 1).version());
        assertPicks(
                "size: 5 [113] into run 0 of level 6",
                PICKER,
                tables.table(5, "a", "b", 2_000_000).version());
    }

    @Test
    @DisplayName("a level goes on behind where its own last compaction ended, and begins again behind its last table")
    void pointers() {
        Version version = new PickerTables()
                .table(2, "n", "x", 12_000)
                .table(2, "g", "m", 4000)
                .table(2, "a", "f", 4000)
                .version();
        assertPicks("size: 2 [103] into run 0 of level 3", PICKER, version, endedAt(2, null));
        assertPicks("size: 2 [102] into run 0 of level 3", PICKER, version, endedAt(2, PickerTables.key("f")));
        assertPicks("size: 2 [102] into run 0 of level 3", PICKER, version, endedAt(2, PickerTables.key("h")));
        assertPicks("size: 2 [101] into run 0 of level 3", PICKER, version, endedAt(2, PickerTables.key("m")));
        assertPicks("size: 2 [103] into run 0 of level 3", PICKER, version, endedAt(2, PickerTables.key("x")));
        assertPicks("size: 2 [103] into run 0 of level 3", PICKER, version, endedAt(2, PickerTables.key("zz")));
        assertPicks("size: 2 [103] into run 0 of level 3", PICKER, version, endedAt(2, Blocks.put("f", 8)));
        assertPicks("size: 2 [102] into run 0 of level 3", PICKER, version, endedAt(2, Blocks.put("f", 6)));
        Version flushed = new PickerTables()
                .flushed("a", "c", 1)
                .flushed("d", "f", 1)
                .flushed("g", "i", 1)
                .flushed("j", "l", 1)
                .version();
        assertPicks("size: 0 [101] into run 0 of level 1", PICKER, flushed, endedAt(0, PickerTables.key("c")));
    }

    @Test
    @DisplayName("of level 0 goes the oldest, with all that hangs together with it, and nothing else")
    void levelZero() {
        Version version = new PickerTables()
                .flushed("m", "n", 1)
                .flushed("a", "b", 1)
                .flushed("n", "p", 1)
                .flushed("x", "z", 1)
                .flushed("k", "l", 1)
                .flushed("l", "m", 1)
                .flushed("q", "w", 1)
                .table(1, "b", "j", 10)
                .table(1, "jj", "k", 10)
                .table(1, "o", "oo", 10)
                .table(1, "p", "q", 10)
                .table(1, "r", "s", 10)
                .version();
        assertPicks("size: 0 [106 105 103 101], 1 [109 110 111] into run 0 of level 1", PICKER, version);
    }

    @Test
    @DisplayName("the next level gives all tables in the range of what goes, ends included")
    void overlapped() {
        Version version = new PickerTables()
                .table(1, "f", "k", 3000)
                .table(2, "a", "e", 1)
                .table(2, "ee", "f", 1)
                .table(2, "g", "h", 1)
                .table(2, "k", "m", 1)
                .table(2, "mm", "z", 1)
                .table(3, "a", "z", 1)
                .version();
        assertPicks("size: 1 [101], 2 [103 104 105] into run 0 of level 2", PICKER, version);
    }

    @Test
    @DisplayName("tables of a level that share a user's key go together, whichever of them is first")
    void sharedKeys() {
        Version version = new PickerTables()
                .table(1, PickerTables.key("a"), Blocks.put("f", 9), 900)
                .table(1, Blocks.put("f", 4), Blocks.put("m", 9), 900)
                .table(1, Blocks.put("m", 4), PickerTables.key("q"), 900)
                .table(1, "r", "s", 900)
                .table(2, "p", "pp", 1)
                .version();
        String all = "size: 1 [101 102 103], 2 [105] into run 0 of level 2";
        assertPicks(all, PICKER, version);
        assertPicks(all, PICKER, version, endedAt(1, Blocks.put("f", 9)));
        assertPicks(all, PICKER, version, endedAt(1, Blocks.put("m", 9)));
        assertPicks("size: 1 [104] into run 0 of level 2", PICKER, version, endedAt(1, PickerTables.key("q")));
    }

    @Test
    @DisplayName("levels with several runs are brought into shape first, also where nothing else is due")
    void shape() {
        assertPicks(
                "shape: 1 [101 102], 3 [103] into run 0 of level 6",
                PICKER,
                new PickerTables().runs(1, 1, 1).table(3, "a", "b", 5).version());
        assertPicks(
                "shape: 0 [104 103 102 101], 6 [105 106] into run 0 of level 6",
                PICKER,
                new PickerTables().flushed(1, 1, 1, 1).runs(6, 7, 7).version());
        assertPicks(NOTHING, PICKER, new PickerTables().runs(1, 1).runs(6, 7).version());
    }

    @Test
    @DisplayName("the debt: what is too much on a level, written with what it overlaps")
    void debt() {
        Map.of(1, 1000L, 2, 10_000L, 5, 10_000_000L).forEach((level, limit) -> {
            Version full = new PickerTables().table(level, "a", "z", limit).version();
            assertEquals(0, PICKER.debtBytes(full), "debt of a level " + level + " of " + limit + " bytes");
            Version fuller =
                    new PickerTables().table(level, "a", "z", 3 * limit).version();
            assertDebt(22 * limit, fuller);
        });
        assertDebt(
                11 * 1500 + 11 * 30_000,
                new PickerTables()
                        .flushed(9000, 9000, 9000, 9000, 9000)
                        .table(1, "a", "z", 2500)
                        .table(2, "a", "z", 40_000)
                        .table(3, "a", "z", 50_000)
                        .table(6, "a", "z", 1L << 50)
                        .version());
    }

    private static void assertDebt(long expected, Version version) {
        long found = PICKER.debtBytes(version);
        assertTrue(
                Math.abs(found - expected) <= 1, "debt of " + version + ": expected " + expected + ", found " + found);
    }

    @Test
    @DisplayName("after any flushes the merges come to an end, no level has too much, and the newest is found first")
    void model() {
        Seeds.check(6, random -> {
            LeveledPicker picker =
                    new LeveledPicker(1 + random.nextInt(4), 1000 + random.nextInt(3000), 2 + random.nextInt(3));
            PickerModel store = new PickerModel(picker, 3 + random.nextInt(20));
            for (int i = 0; i < 120; i++) {
                store.flush(random, 0);
                Version version = store.version();
                assertTrue(version.fitsLevelDb(), "a level has several runs: " + version);
                for (int level = 0; level < Version.LEVELS - 1; level++) {
                    assertTrue(
                            picker.score(version, level) < 1,
                            "nothing is due any more, and level " + level + " has too much: " + version);
                }
            }
        });
    }

    @ParameterizedTest
    @CsvSource({"3, 4", "4, 3", "4, 4", "7, 3", "10, 3"})
    @DisplayName(
            "what merges bring to each level is (T + 1)/2 a byte, within five percent, and a get has a run a level")
    void formula(int factor, int levels) {
        long unit = Load.wholeLevels().flushBytes();
        CompactionSimulator simulator = new CompactionSimulator(
                        new LeveledPicker(1, factor * unit, factor), Load.wholeLevels())
                .flush(Math.round(Math.pow(factor, levels)));
        double brought = 0;
        for (int level = 1; level <= levels; level++) {
            brought += simulator.bytesWritten(level) + simulator.bytesMoved(level);
        }
        double found = brought / simulator.bytesWritten(0);
        double expected = Shape.LEVELING.writeAmplification(factor, levels) - 1; // the flush
        assertTrue(
                Math.abs(found - expected) <= 0.05 * expected,
                "bytes that merges brought to levels for each byte flushed, T = " + factor + ", L = " + levels
                        + ": expected " + expected + ", found " + found);
        assertEquals(levels, simulator.runsMax(), "runs that a get has to look at, at most");
    }

    @Test
    @DisplayName("table by table, keys have their turn one after the other: merges stay small, and cheap enough")
    void tableByTable() {
        CompactionSimulator simulator =
                new CompactionSimulator(new LeveledPicker(4, 10 << 20, 10), new Load(4 << 20, 2 << 20, 1)).flush(300);
        double writes = simulator.writeAmplification();
        assertTrue(
                writes > 8.5 && writes < 12,
                "bytes written for each byte flushed, after 300 flushes of 4 MiB: expected about 10, found " + writes);
        assertTrue(
                simulator.peakSpace() < 1.1,
                "at its largest the store had " + simulator.peakSpace() + " times its bytes: are whole levels merged?");
    }
}
