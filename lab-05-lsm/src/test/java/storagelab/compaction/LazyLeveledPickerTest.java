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
import storagelab.manifest.FileMetadata;
import storagelab.manifest.ManifestFormat;
import storagelab.manifest.Version;

@Tag("5.12")
class LazyLeveledPickerTest {
    private static final LazyLeveledPicker PICKER = LazyLeveledPicker.defaults();

    private static Compaction pick(LazyLeveledPicker picker, Version version) {
        return Tables.pick(picker, version, CompactionPicker.State.initial());
    }

    private static Tables fourFlushed() {
        return new Tables().flushed(10, 0).flushed(10, 0).flushed(10, 0).flushed(10, 0); // 101 to 104
    }

    @Test
    @DisplayName("the worked example: the last level grows, is full, moves down, and is joined there")
    void workedExample() {
        assertEquals(
                List.of(
                        "tier after 4 flushes: 4 MiB to run 4 of level 1",
                        "last after 8 flushes: 8 MiB to run 4 of level 1",
                        "last after 12 flushes: 12 MiB to run 4 of level 1",
                        "last after 16 flushes: 16 MiB to run 4 of level 1",
                        "deeper after 20 flushes: 16 MiB to run 4 of level 2",
                        "tier after 20 flushes: 4 MiB to run 20 of level 1",
                        "tier after 24 flushes: 4 MiB to run 24 of level 1",
                        "tier after 28 flushes: 4 MiB to run 28 of level 1",
                        "tier after 32 flushes: 4 MiB to run 32 of level 1",
                        "last after 32 flushes: 32 MiB to run 4 of level 2"),
                Tables.merges(PICKER, 32, flush -> 0));
    }

    @Test
    @DisplayName("three tables are left alone, four become a run of level 1, which is as old as its newest table")
    void first() {
        Version three =
                new Tables().flushed(10, 0).flushed(10, 0).flushed(10, 0).version();
        assertNull(PICKER.pick(three, CompactionPicker.State.initial()));
        assertNull(PICKER.pick(Version.empty(), CompactionPicker.State.initial()));
        assertPicked(pick(PICKER, fourFlushed().version()), "tier", 4, 1, 104);
    }

    @Test
    @DisplayName("the last level is merged with what comes, and keeps the tables that this does not overlap")
    void last() {
        Version version = fourFlushed()
                .part(1, 50, 30, "a", "m")
                .part(1, 50, 30, "n", "zz")
                .part(1, 50, 30, "zzz", "zzzz")
                .version();
        Compaction picked = pick(PICKER, version);
        assertPicked(picked, "last", 6, 1, 50);
        assertTrue(
                picked.files().stream().noneMatch(file -> file.smallest().equals(Tables.key("zzz"))),
                "the table from zzz to zzzz stays");
    }

    @Test
    @DisplayName("a last level that is full moves down, and what comes is a run of the level that it leaves")
    void full() {
        Version version = fourFlushed().part(1, 50, 150, "a", "z").version();
        Compaction moves = pick(PICKER, version);
        assertPicked(moves, "deeper", 1, 2, 50);
        assertTrue(moves.isTrivialMove(), "nothing is written");
        Version moved = version.with(moves.edit(moves.files()));
        assertPicked(pick(PICKER, moved), "tier", 4, 1, 104);
        Version notFull = fourFlushed().part(1, 50, 130, "a", "z").version();
        assertPicked(pick(PICKER, notFull), "last", 5, 1, 50);
        Version deepest = fourFlushed().run(6, 50, 400, 0).run(5, 90, 10, 0).version();
        assertPicked(pick(PICKER, deepest), "tier", 4, 1, 104);
    }

    @Test
    @DisplayName("the lowest level with enough runs is next, and runs that are on the way are not jumped over")
    void tiers() {
        Tables tables = fourFlushed();
        for (long run = 80; run < 84; run++) {
            tables.run(1, run, 40, 0);
        }
        Version version = tables.run(2, 70, 160, 0).run(3, 0, 400, 0).version();
        Compaction first = pick(PICKER, version);
        assertPicked(first, "tier", 4, 1, 104);
        Version after = version.with(first.edit(List.of(new FileMetadata(200, 40, Tables.key("a"), Tables.key("z")))));
        Compaction second = pick(PICKER, after);
        assertPicked(second, "tier", 5, 2, 104);
        assertEquals(5, after.runs(1).size());
    }

    @Test
    @DisplayName("a last level that is far below comes up if it is small, and stays if it is large")
    void farBelow() {
        assertPicked(pick(PICKER, fourFlushed().run(6, 0, 100, 0).version()), "last", 5, 1, 104);
        assertPicked(pick(PICKER, fourFlushed().run(6, 0, 1000, 0).version()), "tier", 4, 1, 104);
    }

    @Test
    @DisplayName("a last level with many runs, which another picker has left, becomes one")
    void manyOnTheLast() {
        Version version = new Tables().run(1, 7, 10, 0).run(1, 5, 10, 0).version();
        assertPicked(pick(PICKER, version), "runs", 2, 1, 7);
    }

    @Test
    @DisplayName("tiering: the last level collects runs like any other, and they are merged when it is full")
    void tiering() {
        LazyLeveledPicker tiering = LazyLeveledPicker.tiering(4);
        Version some = fourFlushed().run(1, 50, 40, 0).run(1, 40, 40, 0).version();
        assertPicked(pick(tiering, some), "tier", 4, 1, 104);
        Version full = fourFlushed()
                .run(1, 50, 40, 0)
                .run(1, 40, 40, 0)
                .run(1, 30, 40, 0)
                .run(1, 20, 40, 0)
                .version();
        assertPicked(pick(tiering, full), "deeper", 4, 2, 50);
    }

    @Test
    @DisplayName("its shape is not LevelDB's, and its ranges are checked")
    void ranges() {
        assertNull(PICKER.pick(Version.empty(), CompactionPicker.State.initial()));
        assertEquals(ManifestFormat.RUNS, PICKER.format());
        assertThrows(IllegalArgumentException.class, () -> new LazyLeveledPicker(1, 1));
        assertThrows(IllegalArgumentException.class, () -> new LazyLeveledPicker(4, 5));
        assertThrows(IllegalArgumentException.class, () -> new LazyLeveledPicker(4, 0));
    }
}
