package storagelab.compaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.api.ValueKind;
import storagelab.manifest.FileMetadata;
import storagelab.manifest.Version;
import storagelab.manifest.VersionEdit;
import storagelab.sstable.InternalKey;

@Tag("5.9")
class LeveledPickerTest {
    private static final CompactionPicker.State NO_POINTERS = CompactionPicker.State.initial();

    private long numbers = 100;

    private FileMetadata table(long bytes, String from, String to) {
        return new FileMetadata(numbers++, bytes, key(from), key(to));
    }

    private static CompactionPicker.State after(String user) {
        return new CompactionPicker.State(level -> key(user), 0);
    }

    private static Slice key(String user) {
        return InternalKey.of(Slice.utf8(user), 7, ValueKind.VALUE);
    }

    @Test
    @DisplayName(
            "the worked example: nothing to do below the limits; the level furthest above its limit is next, with what it overlaps")
    void leveled() {
        LeveledPicker picker = new LeveledPicker(4, 1000, 10);
        VersionEdit edit = new VersionEdit()
                .add(0, table(500, "a", "z"))
                .add(1, table(400, "a", "f"))
                .add(1, table(400, "g", "m"))
                .add(2, table(300, "b", "c"))
                .add(2, table(300, "h", "k"));
        Version quiet = Version.empty().with(edit);
        assertNull(picker.pick(quiet, NO_POINTERS));
        Version full = quiet.with(new VersionEdit().add(1, table(1200, "n", "x")));
        assertEquals(0.25, picker.score(full, 0));
        assertEquals(2.0, picker.score(full, 1));
        assertEquals(0.06, picker.score(full, 2));
        assertEquals(0, picker.score(full, 6));
        assertEquals(0, picker.debtBytes(quiet));
        assertEquals(11_000, picker.debtBytes(full));
        Compaction first = picker.pick(full, NO_POINTERS);
        assertNotNull(first);
        assertEquals(2, first.outputLevel());
        assertEquals(List.of(full.files(1).get(0), full.files(2).get(0)), first.files());
        Compaction second = picker.pick(full, after("f"));
        assertNotNull(second);
        assertEquals(List.of(full.files(1).get(1), full.files(2).get(1)), second.files(), "behind the pointer");
        Compaction third = picker.pick(full, after("m"));
        assertNotNull(third);
        assertTrue(third.isTrivialMove(), "n to x overlaps nothing on level 2");
        Compaction around = picker.pick(full, after("x"));
        assertNotNull(around);
        assertEquals(first.files(), around.files(), "behind the last table comes the first");
    }

    @Test
    @DisplayName("of level 0 everything goes together that hangs together, and nothing that does not")
    void levelZero() {
        Version version = Version.empty()
                .with(new VersionEdit()
                        .add(0, table(10, "a", "d"))
                        .add(0, table(10, "c", "g"))
                        .add(0, table(10, "x", "z"))
                        .add(0, table(10, "f", "k")));
        Compaction compaction = new LeveledPicker(4, 1000, 10).pick(version, NO_POINTERS);
        assertNotNull(compaction);
        assertEquals(3, compaction.files().size());
        assertFalse(compaction.files().stream().anyMatch(file -> file.smallest().equals(key("x"))), "x to z stays");
    }

    @Test
    @DisplayName("two tables that share a key go together, or its old version would come above its new one")
    void sharedKey() {
        FileMetadata newer = new FileMetadata(1, 900, key("a"), InternalKey.of(Slice.utf8("m"), 9, ValueKind.VALUE));
        FileMetadata older = new FileMetadata(2, 900, InternalKey.of(Slice.utf8("m"), 4, ValueKind.VALUE), key("z"));
        Version version = Version.empty().with(new VersionEdit().add(1, newer).add(1, older));
        Compaction compaction = new LeveledPicker(4, 1000, 10).pick(version, NO_POINTERS);
        assertNotNull(compaction);
        assertEquals(List.of(newer, older), compaction.files());
    }

    @Test
    @DisplayName("levels with many runs, which another picker has left, are merged into one run first")
    void shape() {
        Version runs =
                new Tables().flushed(10, 0).run(1, 9, 10, 0).run(1, 8, 10, 0).version();
        Tables.assertPicked(
                Tables.pick(LeveledPicker.defaults(), runs, NO_POINTERS), "shape", 3, 6, FileMetadata.ONLY_RUN);
    }
}
