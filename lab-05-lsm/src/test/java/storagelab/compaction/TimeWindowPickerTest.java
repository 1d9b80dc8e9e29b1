package storagelab.compaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static storagelab.compaction.Tables.assertPicked;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.manifest.ManifestFormat;
import storagelab.manifest.Version;

@Tag("5.11")
class TimeWindowPickerTest {
    private static final TimeWindowPicker PICKER = new TimeWindowPicker(1000, 4);

    private static CompactionPicker.State at(long millis) {
        return new CompactionPicker.State(level -> null, millis);
    }

    private static Compaction pick(Version version, long nowMillis) {
        return Tables.pick(PICKER, version, at(nowMillis));
    }

    @Test
    @DisplayName("the worked example: windows of an hour, a flush each five minutes, from 10:04 to 11:04")
    void workedExample() {
        TimeWindowPicker hours = new TimeWindowPicker(3_600_000, 4);
        assertEquals(
                List.of(
                        "flushed after 4 flushes: 4 MiB to run 4 of level 1",
                        "flushed after 8 flushes: 4 MiB to run 8 of level 1",
                        "flushed after 12 flushes: 4 MiB to run 12 of level 1",
                        "window after 13 flushes: 12 MiB to run 12 of level 1"),
                Tables.merges(hours, 13, flush -> 36_000_000 + (5L * flush - 1) * 60_000));
    }

    @Test
    @DisplayName("in the current window, four flushed tables become a run")
    void flushed() {
        Tables tables = new Tables()
                .run(1, 9, 500, 4100)
                .flushed(10, 5100)
                .flushed(10, 5200)
                .flushed(10, 5300);
        assertNull(PICKER.pick(tables.version(), at(5999)));
        assertPicked(pick(tables.flushed(10, 5400).version(), 5999), "flushed", 4, 1, 105);
    }

    @Test
    @DisplayName("in the current window, runs of like size are merged; a much larger one is not")
    void likeSized() {
        Tables tables = new Tables()
                .run(1, 9, 40, 5100)
                .run(1, 8, 42, 5090)
                .run(1, 7, 40, 5080)
                .run(1, 5, 200, 5040);
        assertNull(PICKER.pick(tables.version(), at(5500)), "three are not enough, the fourth is too large");
        Version four = tables.run(1, 6, 40, 5070).version();
        Compaction picked = pick(four, 5500);
        assertPicked(picked, "size", 4, 1, 9);
        assertTrue(picked.files().stream().noneMatch(file -> file.run() == 5), "the large one stays");
        Version behind = new Tables()
                .run(1, 12, 1, 5200)
                .run(1, 9, 40, 5100)
                .run(1, 8, 42, 5090)
                .run(1, 7, 40, 5080)
                .run(1, 6, 40, 5070)
                .version();
        assertPicked(pick(behind, 5500), "size", 4, 1, 9);
    }

    @Test
    @DisplayName("a window that has closed is merged once, the oldest first, and never with another one")
    void closed() {
        Version version = new Tables()
                .run(1, 3, 100, 2900)
                .run(1, 5, 100, 3100)
                .run(1, 6, 100, 3900)
                .run(1, 8, 100, 4500)
                .run(1, 9, 7, 4600)
                .flushed(10, 5100)
                .version();
        Compaction third = pick(version, 5200);
        assertPicked(third, "window", 2, 1, 6);
        Version after = version.with(third.edit(third.files().subList(0, 1)));
        Compaction fourth = pick(after, 5200);
        assertPicked(fourth, "window", 2, 1, 9);
        Version quiet = after.with(fourth.edit(fourth.files().subList(0, 1)));
        assertNull(PICKER.pick(quiet, at(5200)), "one run a window, and one flushed table");
        assertPicked(pick(quiet, 6000), "window", 1, 1, 106); // the clock has left the window of the table
        assertTrue(pick(quiet, 6000).isTrivialMove(), "a single table is not written again");
    }

    @Test
    @DisplayName("tables of a closed window leave level 0 before newer ones do")
    void closedOnLevelZero() {
        Version version = new Tables()
                .flushed(10, 4900)
                .flushed(10, 4950)
                .flushed(10, 5100)
                .flushed(10, 5200)
                .flushed(10, 5300)
                .flushed(10, 5400)
                .version();
        Compaction closed = pick(version, 5500);
        assertPicked(closed, "window", 2, 1, 102);
        Version after = version.with(closed.edit(closed.files().subList(0, 1)));
        assertPicked(pick(after, 5500), "flushed", 4, 1, 106);
    }

    @Test
    @DisplayName("when the clock was set back, runs are still merged with their neighbours only")
    void clockSetBack() {
        Version version = new Tables()
                .run(1, 3, 100, 7100)
                .run(1, 4, 100, 8100)
                .run(1, 5, 100, 7200)
                .flushed(10, 7300)
                .version();
        Compaction picked = PICKER.pick(version, at(7400));
        assertNull(picked, "two runs of window 7 have one of window 8 between them");
    }

    @Test
    @DisplayName(
            "what a leveled store has left is one window, of which nobody knows the time, and goes to its last level")
    void leveledBefore() {
        Version version = new Tables()
                .run(1, 0, 10, 0)
                .run(2, 0, 100, 0)
                .run(3, 0, 1000, 0)
                .flushed(10, 5100)
                .version();
        assertPicked(pick(version, 5200), "window", 3, 3, 0);
    }

    @Test
    @DisplayName("its shape is not LevelDB's, and its ranges are checked")
    void ranges() {
        assertNull(PICKER.pick(Version.empty(), at(0)));
        assertEquals(ManifestFormat.RUNS, PICKER.format());
        assertThrows(IllegalArgumentException.class, () -> new TimeWindowPicker(0, 4));
        assertThrows(IllegalArgumentException.class, () -> new TimeWindowPicker(1000, 1));
    }
}
