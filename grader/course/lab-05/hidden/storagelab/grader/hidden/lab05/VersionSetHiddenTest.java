package storagelab.grader.hidden.lab05;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.file.FileMetrics;
import storagelab.manifest.FileMetadata;
import storagelab.manifest.ManifestFormat;
import storagelab.manifest.SortedRun;
import storagelab.manifest.VersionEdit;
import storagelab.manifest.VersionSet;

/** Exercise 5.6: what the manifest says, and what is made of it. */
@Tag("5.6")
class VersionSetHiddenTest {
    private static final String LEVELDB = "leveldb.BytewiseComparator";
    private static final String RUNS = "storagelab.BytewiseComparator.runs";

    private final ManifestDisk disk = new ManifestDisk();

    @Test
    @DisplayName(
            "the first edit begins a manifest that says everything, CURRENT names it, and further edits are appended")
    void firstManifest() throws IOException {
        try (VersionSet versions = disk.create()) {
            assertEquals(new TreeSet<>(), disk.names(), "files before the first edit");
            assertEquals(2, versions.newFileNumber(), "the first number that is given out");
            versions.setLastSequence(40);
            versions.apply(new VersionEdit().setLogNumber(2).add(0, ManifestDisk.table(2, "a", "m")));
            assertEquals(
                    new TreeSet<>(List.of("CURRENT", "MANIFEST-000003")), disk.names(), "files after the first edit");
            assertEquals("MANIFEST-000003\n", Files.readString(disk.home.resolve("CURRENT")), "what CURRENT says");
            assertEquals(3, versions.manifestNumber(), "manifestNumber()");
            versions.setLastSequence(77);
            versions.setLastSequence(60);
            long number = versions.newFileNumber();
            assertEquals(4, number, "the number after the manifest's");
            versions.apply(new VersionEdit()
                    .add(1, ManifestDisk.table(number, "n", "z"))
                    .setCompactPointer(1, Blocks.put("q", 5)));
            assertEquals(Blocks.put("q", 5), versions.compactPointer(1), "compactPointer(1) after an edit says it");
            assertEquals(
                    List.of(2L, 4L), ManifestDisk.numbers(versions.current().files()), "tables of the current version");
        }
        List<VersionEdit> edits = disk.edits("MANIFEST-000003");
        assertEquals(2, edits.size(), "edits in the manifest");
        VersionEdit first = edits.get(0);
        assertEquals(LEVELDB, first.comparator(), "the order of keys in the first edit");
        assertEquals(2, first.logNumber().orElse(-1), "the log in the first edit");
        assertEquals(0, first.previousLogNumber().orElse(-1), "the previous log in the first edit");
        assertEquals(4, first.nextFileNumber().orElse(-1), "the next file number in the first edit");
        assertEquals(40, first.lastSequence().orElse(-1), "the last sequence in the first edit");
        assertEquals(1, first.newFiles().size(), "tables in the first edit");
        VersionEdit second = edits.get(1);
        assertEquals(2, second.logNumber().orElse(-1), "the log in the second edit");
        assertEquals(0, second.previousLogNumber().orElse(-1), "the previous log in the second edit");
        assertEquals(5, second.nextFileNumber().orElse(-1), "the next file number in the second edit");
        assertEquals(77, second.lastSequence().orElse(-1), "the last sequence in the second edit");
        assertEquals(
                List.of(new VersionEdit.NewFile(1, ManifestDisk.table(4, "n", "z"))), second.newFiles(), "its tables");
    }

    @Test
    @DisplayName("without a log, the first edit of a manifest and later ones have the last sequence that is in tables")
    void sequenceInTables() throws IOException {
        try (VersionSet versions = disk.create()) {
            versions.setLastSequence(50);
            versions.setSequenceInTables(30);
            versions.apply(new VersionEdit().setLogNumber(0).add(0, ManifestDisk.table(20, "a", "m")));
            versions.setLastSequence(70);
            versions.setSequenceInTables(50);
            versions.apply(new VersionEdit().add(0, ManifestDisk.table(21, "a", "m")));
            assertEquals(70, versions.lastSequence(), "lastSequence, up to which gets see");
        }
        List<VersionEdit> edits = disk.edits("MANIFEST-000002");
        assertEquals(30, edits.get(0).lastSequence().orElse(-1), "the last sequence in the edit that says everything");
        assertEquals(50, edits.get(1).lastSequence().orElse(-1), "the last sequence in an edit that is appended");
        try (VersionSet versions = disk.recover()) {
            assertEquals(50, versions.lastSequence(), "lastSequence after opening");
        }
    }

    @Test
    @DisplayName(
            "what was applied is there after opening: tables, counters, compact pointers, numbers that were not given out")
    void recovered() throws IOException {
        try (VersionSet versions = disk.create()) {
            versions.apply(new VersionEdit().setLogNumber(2).add(0, ManifestDisk.table(20, "a", "m")));
            for (int i = 0; i < 30; i++) {
                versions.newFileNumber();
            }
            versions.setLastSequence(900);
            versions.apply(new VersionEdit()
                    .setLogNumber(9)
                    .delete(0, 20)
                    .add(1, ManifestDisk.table(21, "a", "m"))
                    .setCompactPointer(2, Blocks.put("c", 1))
                    .setCompactPointer(3, Blocks.put("d", 1)));
            versions.apply(new VersionEdit().setCompactPointer(2, Blocks.put("e", 1)));
        }
        TreeSet<String> before = disk.names();
        try (VersionSet versions = disk.recover()) {
            assertEquals(before, disk.names(), "files after opening, before an edit");
            assertState(versions);
            versions.apply(new VersionEdit()
                    .add(2, ManifestDisk.table(22, "a", "b"))
                    .setCompactPointer(4, Blocks.put("f", 1)));
            assertEquals("MANIFEST-000033\n", Files.readString(disk.home.resolve("CURRENT")), "CURRENT after an edit");
            List<VersionEdit> edits = disk.edits("MANIFEST-000033");
            assertEquals(1, edits.size(), "edits of the manifest that was begun anew");
            assertEquals(LEVELDB, edits.get(0).comparator(), "the order of keys in it");
            assertEquals(2, edits.get(0).newFiles().size(), "tables in it");
            assertEquals(
                    3, edits.get(0).compactPointers().size(), "compact pointers in it, those of its edit included");
            versions.apply(new VersionEdit().delete(2, 22));
            assertEquals(2, disk.edits("MANIFEST-000033").size(), "edits after another one");
        }
        try (VersionSet versions = disk.recover()) {
            assertState(versions);
            assertEquals(Blocks.put("f", 1), versions.compactPointer(4), "compactPointer(4) after opening again");
        }
    }

    private static void assertState(VersionSet versions) {
        assertEquals(List.of(21L), ManifestDisk.numbers(versions.current().files()), "tables after opening");
        assertEquals(9, versions.logNumber(), "logNumber() after opening");
        assertEquals(900, versions.lastSequence(), "lastSequence() after opening");
        assertEquals(Blocks.put("e", 1), versions.compactPointer(2), "compactPointer(2) after opening");
        assertEquals(Blocks.put("d", 1), versions.compactPointer(3), "compactPointer(3) after opening");
        assertTrue(versions.compactPointer(1) == null, "compactPointer(1) after opening is not null");
    }

    @Test
    @DisplayName("numbers go on behind the log's, should the manifest say a smaller one")
    void numbersGoOn() {
        try (VersionSet versions = disk.create()) {
            versions.apply(new VersionEdit().setLogNumber(50));
        }
        try (VersionSet versions = disk.recover()) {
            assertEquals(51, versions.newFileNumber(), "the next number, and the log has 50");
            versions.markUsed(60);
            versions.markUsed(10);
            assertEquals(61, versions.newFileNumber(), "the next number, and 60 is used");
        }
    }

    @Test
    @DisplayName("an edit that does not fit is refused, and nothing has changed: in memory, on disk, in numbers")
    void refused() throws IOException {
        try (VersionSet versions = disk.create()) {
            versions.apply(new VersionEdit().setLogNumber(2).add(1, ManifestDisk.table(5, "a", "m")));
            byte[] before = Files.readAllBytes(disk.home.resolve("MANIFEST-000002"));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> versions.apply(new VersionEdit()
                            .setLogNumber(7)
                            .setCompactPointer(1, Blocks.put("a", 1))
                            .add(1, ManifestDisk.table(6, "c", "d"))),
                    "an edit that adds a table to a run that it overlaps");
            assertEquals(List.of(5L), ManifestDisk.numbers(versions.current().files()), "tables");
            assertEquals(2, versions.logNumber(), "logNumber()");
            assertTrue(versions.compactPointer(1) == null, "compactPointer(1) is not null");
            assertEquals(
                    Slice.wrap(before),
                    Slice.wrap(Files.readAllBytes(disk.home.resolve("MANIFEST-000002"))),
                    "the manifest");
        }
    }

    @Test
    @DisplayName("a version with runs is under a name that LevelDB refuses, and when it fits again under LevelDB's")
    void formats() throws IOException {
        try (VersionSet versions = disk.create()) {
            versions.apply(new VersionEdit()
                    .setLogNumber(1)
                    .add(1, ManifestDisk.table(5, "b", "y").inRun(3, 1000)));
            assertEquals(
                    LEVELDB, disk.edits("MANIFEST-000002").get(0).comparator(), "the order of keys, one run a level");
            assertEquals(0, versions.current().runs(1).get(0).number(), "the run in memory: LevelDB's format has none");
            long syncs = disk.disk.counters().syncs();
            versions.apply(
                    new VersionEdit().add(1, ManifestDisk.table(6, "a", "z").inRun(6, 2000)));
            assertEquals(
                    RUNS, disk.edits("MANIFEST-000003").get(0).comparator(), "the order of keys, two runs on level 1");
            assertEquals(
                    2,
                    disk.disk.counters().syncs() - syncs,
                    "syncs of files for a manifest with runs that is begun: one of it, one of what becomes CURRENT");
            assertEquals(new TreeSet<>(List.of("CURRENT", "MANIFEST-000003")), disk.names(), "files");
            versions.apply(
                    new VersionEdit().add(2, ManifestDisk.table(7, "a", "z").inRun(2, 3000)));
            List<VersionEdit> edits = disk.edits("MANIFEST-000003");
            assertEquals(3, edits.size(), "edits of the manifest with runs: the name, everything, and one more");
            assertEquals(
                    Slice.wrap(new VersionEdit()
                            .setComparator(RUNS)
                            .encode(ManifestFormat.RUNS)
                            .toByteArray()),
                    Slice.wrap(edits.get(0).encode(ManifestFormat.RUNS).toByteArray()),
                    "the first edit of a manifest with runs, which LevelDB has to understand: the name and nothing else");
            assertEquals(RUNS, edits.get(1).comparator(), "the order of keys in the edit that says everything");
            assertEquals(2, edits.get(1).newFiles().size(), "tables in the edit that says everything");
            List<SortedRun> written = versions.current().runs();
            try (VersionSet other = disk.recover()) {
                assertEquals(written, other.current().runs(), "runs after opening");
            }
            versions.apply(new VersionEdit().delete(1, 6));
            assertEquals(
                    LEVELDB, disk.edits("MANIFEST-000004").get(0).comparator(), "the order of keys, one run a level");
            assertEquals(0, versions.current().runs(2).get(0).newestMillis(), "the time of a run: nobody knows");
            versions.apply(new VersionEdit().add(3, ManifestDisk.table(8, "a", "z")));
            assertEquals(2, disk.edits("MANIFEST-000004").size(), "edits of the last manifest");
        }
        try (VersionSet versions = VersionSet.recover(disk.home, disk.stats, ManifestFormat.RUNS)) {
            versions.apply(new VersionEdit());
            assertEquals(RUNS, disk.edits("MANIFEST-000005").get(0).comparator(), "the order of keys, as preferred");
        }
    }

    @Test
    @DisplayName("an edit costs its own bytes and a sync, and a manifest that has grown beyond its use is begun anew")
    void grown() throws IOException {
        Slice large = Blocks.put("k".repeat(20_000), 7);
        try (VersionSet versions = disk.create()) {
            versions.apply(new VersionEdit().setLogNumber(3));
            for (int i = 0; i < 100; i++) {
                versions.apply(new VersionEdit().add(0, ManifestDisk.table(1000 + i, "a", "z")));
            }
            long bytes = disk.stats.get(FileMetrics.BYTES_WRITTEN);
            long syncs = disk.disk.counters().syncs();
            versions.apply(new VersionEdit().add(0, ManifestDisk.table(2000, "a", "z")));
            assertTrue(
                    disk.stats.get(FileMetrics.BYTES_WRITTEN) - bytes < 100,
                    "an edit of one table wrote more than 100 bytes");
            assertEquals(1, disk.disk.counters().syncs() - syncs, "syncs of an edit");
            String first = Files.readString(disk.home.resolve("CURRENT"));
            int edits = 0;
            while (Files.readString(disk.home.resolve("CURRENT")).equals(first)) {
                long number = versions.newFileNumber();
                versions.apply(new VersionEdit().add(1, new FileMetadata(number, 1, large, large)));
                versions.apply(new VersionEdit().delete(1, number));
                assertTrue(++edits < 60, "a manifest of 2.4 MB for 102 tables was not begun anew");
            }
            assertTrue(edits > 20, "a manifest was begun anew after " + edits + " edits of 40 KB");
            assertEquals(2, disk.names().size(), "files: CURRENT and a manifest");
        }
        try (VersionSet versions = disk.recover()) {
            assertEquals(101, versions.current().files().size(), "tables after opening");
            assertEquals(3, versions.logNumber(), "logNumber()");
        }
    }

    @Test
    @DisplayName("a manifest that needs all of its edits is not begun anew for each of them")
    void needed() throws IOException {
        try (VersionSet versions = disk.create()) {
            versions.apply(new VersionEdit().setLogNumber(3));
            for (int i = 0; i < 90; i++) {
                Slice large = Blocks.put("%03d".formatted(i) + "k".repeat(20_000), 7);
                versions.apply(new VersionEdit().add(1, new FileMetadata(1000 + i, 1, large, large)));
            }
            assertEquals("MANIFEST-000002\n", Files.readString(disk.home.resolve("CURRENT")), "CURRENT");
        }
        try (VersionSet versions = disk.recover()) {
            assertEquals(90, versions.current().files().size(), "tables after opening");
        }
    }

    @Test
    @DisplayName("counters that the caller's edit says are replaced by those of the store, in both kinds of edit")
    void countersAreOurs() throws IOException {
        try (VersionSet versions = disk.create()) {
            versions.setLastSequence(40);
            versions.apply(new VersionEdit()
                    .setLogNumber(1)
                    .setLastSequence(900)
                    .setNextFileNumber(900)
                    .setPreviousLogNumber(9));
            versions.setLastSequence(41);
            versions.apply(new VersionEdit()
                    .setLastSequence(901)
                    .setNextFileNumber(901)
                    .setPreviousLogNumber(8));
        }
        List<VersionEdit> edits = disk.edits("MANIFEST-000002");
        for (int i = 0; i < 2; i++) {
            String which = i == 0 ? " in the edit that begins a manifest" : " in an edit that is appended";
            assertEquals(40 + i, edits.get(i).lastSequence().orElse(-1), "the last sequence" + which);
            assertEquals(3, edits.get(i).nextFileNumber().orElse(-1), "the next file number" + which);
            assertEquals(0, edits.get(i).previousLogNumber().orElse(-1), "the previous log" + which);
        }
    }

    @Test
    @DisplayName("a first edit that does not fit has no manifest, and takes no number")
    void firstRefused() throws IOException {
        try (VersionSet versions = disk.create()) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> versions.apply(new VersionEdit().setLogNumber(7).delete(1, 5)),
                    "a first edit that deletes a table that is not there");
            assertEquals(new TreeSet<>(), disk.names(), "files after a first edit that was refused");
            assertEquals(0, versions.logNumber(), "logNumber()");
            assertEquals(2, versions.newFileNumber(), "the first number, after an edit that was refused");
        }
    }
}
