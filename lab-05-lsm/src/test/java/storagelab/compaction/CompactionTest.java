package storagelab.compaction;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.api.ValueKind;
import storagelab.manifest.FileMetadata;
import storagelab.manifest.SortedRun;
import storagelab.manifest.Version;
import storagelab.manifest.VersionEdit;
import storagelab.sstable.InternalKey;

class CompactionTest {
    /** Three tables of level 0, 101 to 103, three runs of level 1, and level 2. */
    private static Version version() {
        return new Tables()
                .flushed(10, 0)
                .flushed(10, 0)
                .flushed(10, 0)
                .run(1, 9, 40, 0)
                .run(1, 8, 40, 0)
                .run(1, 5, 40, 0)
                .run(2, 0, 400, 0)
                .version();
    }

    private static Compaction of(Version version, int level, int from, int to, int outputLevel, long outputRun) {
        List<SortedRun> runs = version.runs(level).subList(from, to);
        return Compaction.ofRuns(runs, outputLevel, outputRun, "test");
    }

    @Test
    @DisplayName("a merge of neighbours jumps over nothing")
    void neighbours() {
        Version version = version();
        assertDoesNotThrow(() -> of(version, 0, 0, 3, 1, 103).check(version), "all of level 0");
        assertDoesNotThrow(() -> of(version, 0, 2, 3, 1, 101).check(version), "the oldest of level 0");
        assertDoesNotThrow(() -> of(version, 0, 1, 3, 1, 102).check(version), "the oldest two of level 0");
        assertDoesNotThrow(() -> of(version, 1, 0, 2, 1, 9).check(version), "the newest two runs of level 1");
        assertDoesNotThrow(() -> of(version, 1, 2, 3, 2, 5).check(version), "the oldest run of level 1");
        assertDoesNotThrow(() -> Compaction.ofAll(version, "all").check(version), "everything");
    }

    @Test
    @DisplayName(
            "a merge that leaves something older above, or brings something older above, is refused with both tables")
    void jumps() {
        Version version = version();
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> of(version, 0, 0, 2, 1, 103).check(version))
                .getMessage();
        assertThat(message, containsString("table 101"));
        assertThrows(
                IllegalArgumentException.class,
                () -> of(version, 1, 0, 1, 2, 9).check(version),
                "run 9 goes below the runs 8 and 5");
        List<SortedRun> ends = List.of(version.runs(1).get(0), version.runs(1).get(2));
        assertThrows(
                IllegalArgumentException.class,
                () -> Compaction.ofRuns(ends, 1, 9, "test").check(version),
                "runs 9 and 5 without 8");
        assertThrows(
                IllegalArgumentException.class,
                () -> of(version, 1, 2, 3, 1, 11).check(version),
                "run 5 becomes the newest");
        assertThrows(IllegalArgumentException.class, () -> of(version, 1, 0, 3, 0, 9), "into level 0");
        assertThrows(IllegalArgumentException.class, () -> of(version, 1, 0, 0, 2, 9), "of nothing");
    }

    @Test
    @DisplayName("of two tables that share a key the older one may go down alone, and the newer one may not")
    void sharedKey() {
        FileMetadata newer =
                new FileMetadata(1, 9, Tables.key("a"), InternalKey.of(Slice.utf8("m"), 9, ValueKind.VALUE));
        FileMetadata older =
                new FileMetadata(2, 9, InternalKey.of(Slice.utf8("m"), 4, ValueKind.VALUE), Tables.key("z"));
        Version version = Version.empty().with(new VersionEdit().add(1, newer).add(1, older));
        assertDoesNotThrow(() -> down(older).check(version));
        assertThrows(IllegalArgumentException.class, () -> down(newer).check(version), "m@4 would be found before m@9");
    }

    private static Compaction down(FileMetadata file) {
        return new Compaction(List.of(new Compaction.LevelInput(1, List.of(file))), 2, 0, "test");
    }

    @Test
    @DisplayName("tables of one run move as they are, tables of two have to be merged; outputs are in the output run")
    void edits() {
        Version version = new Tables()
                .part(1, 9, 40, "a", "f")
                .part(1, 9, 40, "g", "m")
                .run(1, 8, 40, 5000)
                .version();
        Compaction moves = of(version, 1, 1, 2, 2, 8);
        assertTrue(moves.isTrivialMove());
        assertTrue(of(version, 1, 0, 1, 2, 9).isTrivialMove(), "two tables of a run");
        assertFalse(of(version, 1, 0, 2, 2, 9).isTrivialMove(), "two runs");
        Compaction merges = of(version, 1, 0, 2, 2, 9);
        Version after = version.with(merges.edit(List.of(new FileMetadata(300, 90, Tables.key("a"), Tables.key("z")))));
        FileMetadata output = after.files(2).get(0);
        assertEquals(9, output.run());
        assertEquals(5000, output.newestMillis(), "as new as the newest input");
        assertTrue(after.files(1).isEmpty());
    }
}
