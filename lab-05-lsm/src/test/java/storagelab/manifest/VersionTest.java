package storagelab.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.api.ValueKind;
import storagelab.sstable.InternalKey;

@Tag("5.6")
class VersionTest {
    private static FileMetadata file(long number, String from, String to, long run) {
        return new FileMetadata(number, 100 * number, key(from), key(to)).inRun(run, 1000 * run);
    }

    private static Slice key(String user) {
        return InternalKey.of(Slice.utf8(user), 7, ValueKind.VALUE);
    }

    private static List<Long> numbers(List<FileMetadata> files) {
        return files.stream().map(FileMetadata::number).toList();
    }

    /** The example of {@link Version}, with two tables in run 8. */
    private static Version example() {
        return Version.empty()
                .with(new VersionEdit()
                        .add(2, file(3, "a", "k", 0))
                        .add(2, file(4, "l", "z", 0))
                        .add(1, file(6, "c", "x", 5))
                        .add(1, file(10, "p", "t", 8))
                        .add(1, file(11, "b", "d", 8))
                        .add(0, file(9, "a", "m", 0))
                        .add(0, file(12, "c", "z", 0)));
    }

    @Test
    @DisplayName("a get looks at level 0 from the newest table, then at each level's runs from the newest")
    void order() {
        Version version = example();
        assertEquals(List.of(12L, 9L), numbers(version.files(0)));
        assertEquals(List.of(11L, 10L, 6L), numbers(version.files(1)), "run 8 by its keys, then run 5");
        assertEquals(
                List.of(12L, 9L, 8L, 5L, 0L),
                version.runs().stream().map(SortedRun::number).toList(),
                "the runs of all levels");
        assertEquals(2, version.runs(0).size(), "on level 0 each table is a run");
        assertEquals(1, version.runs(2).size(), "tables without a run of their own are one");
        SortedRun eight = version.runs(1).get(0);
        assertEquals(2100, eight.sizeBytes());
        assertEquals(8000, eight.newestMillis());
    }

    @Test
    @DisplayName("a run has one table at the most that may have a key")
    void tableOfAKey() {
        SortedRun run = example().runs(1).get(0);
        for (String inside : List.of("b", "c", "d")) {
            assertEquals(11, number(run.table(key(inside))), inside);
        }
        assertEquals(10, number(run.table(key("p"))));
        for (String outside : List.of("a", "e", "o", "u")) {
            assertNull(run.table(key(outside)), outside + " is in none");
        }
        assertEquals(1, run.overlapping(Slice.utf8("d"), Slice.utf8("o")).size());
    }

    private static long number(@Nullable FileMetadata file) {
        return file == null ? -1 : file.number();
    }

    @Test
    @DisplayName("tables of one run may not overlap, of different runs they may; the message names both")
    void overlaps() {
        Version version = example();
        VersionEdit overlapping = new VersionEdit().add(1, file(13, "q", "s", 8));
        String message = String.valueOf(assertThrows(IllegalArgumentException.class, () -> version.with(overlapping))
                .getMessage());
        assertTrue(message.contains("table 10") && message.contains("table 13"), message);
        Version three = version.with(new VersionEdit().add(1, file(13, "q", "s", 12)));
        assertEquals(
                List.of(12L, 8L, 5L),
                three.runs(1).stream().map(SortedRun::number).toList());
        assertSame(version.runs(2), three.runs(2), "levels that an edit does not change are the same");
        assertSame(version.runs(1).get(1), three.runs(1).get(2), "and so are runs");
        Version flushed = version.with(new VersionEdit().add(0, file(14, "a", "z", 0)));
        assertSame(version.runs(0).get(0), flushed.runs(0).get(1), "on level 0, too");
    }

    @Test
    @DisplayName("a table that goes and comes in one edit has to be there: it was once enough that it came")
    void goesAndComes() {
        Version version = example();
        VersionEdit edit = new VersionEdit().delete(1, 77).add(1, file(77, "x", "z", 8));
        assertThrows(IllegalArgumentException.class, () -> version.with(edit));
        Version again = version.with(new VersionEdit().delete(1, 10).add(1, file(10, "x", "z", 8)));
        assertEquals("x", again.runs(1).get(0).files().get(1).smallestUserKey().toUtf8());
    }

    @Test
    @DisplayName("LevelDB understands a version whose levels, other than 0, are single runs")
    void fits() {
        Version version = example();
        assertFalse(version.fitsLevelDb());
        Version fits = version.with(new VersionEdit().delete(1, 6));
        assertTrue(fits.fitsLevelDb(), "whatever number the run has");
        Version known = fits.withoutRuns();
        assertEquals(numbers(fits.files()), numbers(known.files()));
        assertEquals(FileMetadata.ONLY_RUN, known.runs(1).get(0).number());
        assertSame(fits.runs(0).get(0), known.runs(0).get(0), "a run of which LevelDB knows everything");
        assertEquals(12, known.runs(0).get(0).number(), "the run of a table of level 0 is its number");
        assertEquals(0, known.runs(1).get(0).newestMillis());
    }
}
