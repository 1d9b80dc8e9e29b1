package storagelab.grader.hidden.lab05;

import static storagelab.grader.hidden.kit.Checks.assertTrue;
import static storagelab.grader.hidden.lab05.PickerTables.NOTHING;
import static storagelab.grader.hidden.lab05.PickerTables.assertPicks;
import static storagelab.grader.hidden.lab05.PickerTables.at;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import storagelab.compaction.Compaction;
import storagelab.compaction.CompactionSimulator;
import storagelab.compaction.CompactionSimulator.Load;
import storagelab.compaction.TimeWindowPicker;
import storagelab.manifest.SortedRun;
import storagelab.manifest.Version;
import storagelab.testkit.Seeds;

/** Exercise 5.11: what is merged in a window of time, and that nothing is merged across windows. */
@Tag("5.11")
class TimeWindowPickerHiddenTest {
    private static final TimeWindowPicker PICKER = new TimeWindowPicker(1000, 4);

    private static PickerTables flushedAt(long... millis) {
        PickerTables tables = new PickerTables();
        for (long moment : millis) {
            tables.flushedAt(moment, 10);
        }
        return tables;
    }

    private static void assertPicksAt(long nowMillis, String expected, PickerTables tables) {
        assertPicks(expected, PICKER, tables.version(), at(nowMillis));
    }

    @Test
    @DisplayName("of the current window, enough tables of level 0 become a run, and nothing else goes with them")
    void flushed() {
        assertPicksAt(5000, NOTHING, new PickerTables());
        assertPicksAt(5999, NOTHING, flushedAt(5000, 5001, 5999));
        assertPicksAt(5999, "flushed: 0 [104 103 102 101] into run 104 of level 1", flushedAt(5000, 5001, 5002, 5999));
        assertPicksAt(
                5500,
                "flushed: 0 [106 105 104 103 102] into run 106 of level 1",
                new PickerTables()
                        .run(1, 9, 10, 5000)
                        .flushedAt(5100, 10)
                        .flushedAt(5100, 10)
                        .flushedAt(5200, 10)
                        .flushedAt(5200, 10)
                        .flushedAt(5200, 10));
        assertPicks(
                "flushed: 0 [102 101] into run 102 of level 1",
                new TimeWindowPicker(1000, 2),
                flushedAt(5000, 5001).version(),
                at(5002));
    }

    @Test
    @DisplayName("a window closes when a newer one has a run, or when the clock has left it, to the millisecond")
    void closes() {
        assertPicksAt(5999, NOTHING, flushedAt(5000));
        assertPicksAt(6000, "window: 0 [101] into run 101 of level 1", flushedAt(5000));
        assertPicksAt(5200, "window: 0 [102 101] into run 102 of level 1", flushedAt(4998, 4999, 5000));
        assertPicksAt(5200, NOTHING, new PickerTables().run(1, 3, 10, 4999).flushedAt(5000, 10));
        assertPicksAt(9000, NOTHING, new PickerTables().run(1, 3, 10, 4999));
        assertPicksAt(9000, NOTHING, new PickerTables().run(1, 3, 10, 4999).run(1, 4, 10, 5000));
    }

    @Test
    @DisplayName("windows before 1970 and windows of a millisecond are as long as others")
    void anyWindow() {
        assertPicksAt(300, "window: 0 [101] into run 101 of level 1", flushedAt(-500, 200));
        assertPicksAt(-1, NOTHING, flushedAt(-1000, -1));
        assertPicksAt(0, "window: 0 [102 101] into run 102 of level 1", flushedAt(-1000, -1));
        long later = 5 + (1L << 32);
        assertPicks(
                "window: 0 [101] into run 101 of level 1",
                new TimeWindowPicker(1, 4),
                flushedAt(5, later).version(),
                at(later));
        assertPicks(
                "window: 0 [101] into run 101 of level 1",
                new TimeWindowPicker(1, 4),
                flushedAt(5).version(),
                at(later));
    }

    @Test
    @DisplayName("closed windows come first, the oldest of them first, each as a whole and at once")
    void oldestFirst() {
        PickerTables tables = withNewer(new PickerTables().run(1, 2, 10, 2500).run(1, 3, 500, 3100));
        assertPicksAt(5200, "window: 1 [103 102] into run 4 of level 1", tables);
        PickerTables next = withNewer(new PickerTables().run(1, 2, 10, 2500));
        assertPicksAt(5200, "window: 0 [105], 1 [104 103] into run 105 of level 1", next);
        assertPicksAt(6000, "window: 0 [105], 1 [104 103] into run 105 of level 1", next);
        assertPicksAt(
                6000,
                "window: 0 [104 103 102 101] into run 104 of level 1",
                flushedAt(5100, 5100, 5100, 5100).run(1, 6, 10, 4200));
    }

    /** Adds a run of window 3, two runs and a table of window 4, and four tables of window 5. */
    private static PickerTables withNewer(PickerTables oldest) {
        return oldest.run(1, 4, 10, 3100)
                .run(1, 5, 10, 4100)
                .run(1, 6, 10, 4200)
                .flushedAt(4300, 10)
                .flushedAt(5100, 10)
                .flushedAt(5100, 10)
                .flushedAt(5100, 10)
                .flushedAt(5100, 10);
    }

    @Test
    @DisplayName("behind level 0, runs of like size are merged if there are enough, from whichever run on")
    void likeSize() {
        assertPicksAt(
                5200,
                "size: 1 [101 102 103 104] into run 4 of level 1",
                runsNow(100, 110, 231, 485).flushedAt(5190, 10).flushedAt(5190, 10));
        assertPicksAt(5200, NOTHING, runsNow(100, 111, 231, 485));
        assertPicksAt(5200, NOTHING, runsNow(100, 110, 232, 485));
        assertPicksAt(5200, NOTHING, runsNow(100, 100, 100));
        assertPicksAt(5200, "size: 1 [102 103 104 105] into run 4 of level 1", runsNow(9, 100, 100, 100, 100));
        assertPicksAt(5200, "size: 1 [103 104 105 106] into run 5 of level 1", runsNow(1, 9, 100, 100, 100, 100, 900));
        assertPicksAt(
                5200,
                "size: 1 [101 102 103 104 105 106] into run 7 of level 1",
                runsNow(100, 100, 100, 100, 100, 500, 2000));
        assertPicksAt(5200, NOTHING, runsNow(100, 300, 900, 2700, 8100));
        assertPicks(
                "size: 1 [102 103] into run 3 of level 1",
                new TimeWindowPicker(1000, 2),
                runsNow(10, 100, 100, 1000).run(1, 0, 1, 4000).version(),
                at(5200));
    }

    @Test
    @DisplayName("runs of terabytes are of like size as small ones are")
    void large() {
        long unit = 1L << 33;
        assertPicksAt(
                5200,
                "size: 1 [101 102 103 104] into run 4 of level 1",
                runsNow(100 * unit, 110 * unit, 231 * unit, 485 * unit));
        assertPicksAt(5200, NOTHING, runsNow(100 * unit, 111 * unit, 231 * unit, 485 * unit));
    }

    /** Runs of the current window, the newest first. */
    private static PickerTables runsNow(long... bytes) {
        PickerTables tables = new PickerTables();
        for (int i = 0; i < bytes.length; i++) {
            tables.run(1, bytes.length - i, bytes[i], 5100);
        }
        return tables;
    }

    @Test
    @DisplayName("runs of another window are never taken, whatever their size")
    void neverAcross() {
        assertPicksAt(5200, NOTHING, runsNow(100, 100, 100).run(1, 0, 100, 4999));
        assertPicksAt(
                5200,
                NOTHING,
                new PickerTables()
                        .run(1, 9, 10, 4100)
                        .run(1, 8, 10, 3100)
                        .run(1, 7, 10, 2100)
                        .run(1, 6, 10, 1100)
                        .run(1, 5, 10, 100));
        assertPicksAt(5200, NOTHING, flushedAt(5000, 5001, 5002).run(1, 9, 10, 4100));
    }

    @Test
    @DisplayName("where the clock was set back, windows of one number that lie apart stay apart")
    void clockSetBack() {
        PickerTables tables = new PickerTables()
                .run(1, 3, 10, 7100)
                .run(1, 4, 10, 8100)
                .run(1, 5, 10, 7200)
                .run(1, 6, 10, 7900);
        assertPicksAt(7950, NOTHING, tables);
        assertPicksAt(8000, "window: 1 [104 103] into run 6 of level 1", tables);
        assertPicksAt(7000, NOTHING, flushedAt(8100, 8200, 8300));
        assertPicksAt(7000, "flushed: 0 [104 103 102 101] into run 104 of level 1", flushedAt(8100, 8200, 8300, 8400));
    }

    @Test
    @DisplayName("the result goes to the level of its oldest run, and is as new as its newest")
    void levels() {
        PickerTables leveled = new PickerTables()
                .flushedAt(0, 10)
                .run(1, 0, 100, 0)
                .run(2, 0, 1000, 0)
                .run(4, 0, 10_000, 0);
        assertPicksAt(5200, "window: 0 [101], 1 [102], 2 [103], 4 [104] into run 101 of level 4", leveled);
        assertPicksAt(
                5200,
                "size: 1 [101 102], 2 [103 104] into run 9 of level 2",
                new PickerTables()
                        .run(1, 9, 10, 5100)
                        .run(1, 8, 10, 5100)
                        .run(2, 7, 10, 5100)
                        .run(2, 6, 10, 5100)
                        .run(2, 5, 10, 4100));
    }

    @Test
    @DisplayName("any flushes at any times: merges end, closed windows are one run, and the newest is found first")
    void model() {
        Seeds.check(10, random -> {
            TimeWindowPicker picker = new TimeWindowPicker(50 + random.nextInt(200), 2 + random.nextInt(4));
            PickerModel store =
                    new PickerModel(picker, 3 + random.nextInt(20)).watchedBy(merge -> inOneWindow(merge, picker));
            long millis = 0;
            for (int i = 0; i < 120; i++) {
                boolean isSetBack = random.nextInt(30) == 0;
                millis = Math.max(0, millis + (isSetBack ? -200 : random.nextInt(random.nextBoolean() ? 10 : 200)));
                store.flush(random, millis);
                assertSettled(store.version(), picker, millis);
            }
        });
    }

    private static void inOneWindow(Compaction merge, TimeWindowPicker picker) {
        long windows = merge.files().stream()
                .map(file -> file.newestMillis() / picker.windowMillis())
                .distinct()
                .count();
        assertTrue(windows == 1, "a merge across windows: " + PickerTables.describe(merge));
    }

    /** A closed window is one run behind level 0, and the current one has few tables on level 0. */
    private static void assertSettled(Version version, TimeWindowPicker picker, long nowMillis) {
        List<List<SortedRun>> windows = new ArrayList<>();
        long last = -1;
        for (SortedRun run : version.runs()) {
            long number = run.newestMillis() / picker.windowMillis();
            if (number != last) {
                windows.add(new ArrayList<>());
            }
            windows.get(windows.size() - 1).add(run);
            last = number;
        }
        for (List<SortedRun> window : windows) {
            long number = window.get(0).newestMillis() / picker.windowMillis();
            boolean isCurrent = window == windows.get(0) && number >= nowMillis / picker.windowMillis();
            long flushed = window.stream().filter(run -> run.level() == 0).count();
            if (isCurrent) {
                assertTrue(
                        flushed < picker.minRuns(),
                        flushed + " tables of the current window are left on level 0, of " + picker);
            } else {
                assertTrue(
                        window.size() == 1 && flushed == 0,
                        "window " + number + " is closed, nothing is due, and it has " + window.size() + " runs, "
                                + flushed + " of them on level 0: " + version);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"3, 2", "4, 2", "4, 3", "10, 2"})
    @DisplayName(
            "where a window has T^L flushes, a byte is written L + 1 times, within five percent, however many windows there are")
    void formula(int minRuns, int levels) {
        long window = Math.round(Math.pow(minRuns, levels));
        Load load = Load.wholeLevels();
        CompactionSimulator simulator = new CompactionSimulator(
                        new TimeWindowPicker(window * load.flushMillis(), minRuns), load)
                .flush(window * 30);
        double found = simulator.writeAmplification();
        assertTrue(
                Math.abs(found - (levels + 1)) <= 0.05 * (levels + 1),
                "bytes written for each byte flushed, T = " + minRuns + ", L = " + levels + ": expected " + (levels + 1)
                        + ", found " + found);
        assertTrue(
                simulator.runs() <= 31 + levels * (minRuns - 1),
                "runs of 30 windows: at most one each, and those of the current one; found " + simulator.runs());
    }
}
