package storagelab.grader.hidden.lab05;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.CorruptionException;
import storagelab.api.StorageException;
import storagelab.disk.CrashDisk;
import storagelab.disk.CrashExplorer;
import storagelab.disk.CrashExplorerOptions;
import storagelab.disk.CrashReport;
import storagelab.disk.DiskCall;
import storagelab.file.StatsRecorder;
import storagelab.manifest.FileMetadata;
import storagelab.manifest.ManifestFormat;
import storagelab.manifest.TextManifest;
import storagelab.manifest.Version;
import storagelab.manifest.VersionEdit;
import storagelab.manifest.VersionSet;
import storagelab.testkit.Seeds;
import storagelab.testkit.lsm.TextManifestCrashes;

/** Exercise 5.6: the power goes, or the disk fails, while a version is installed; in a log of edits and in a text file. */
@Tag("5.6")
class ManifestCrashHiddenTest {
    private final StatsRecorder stats = new StatsRecorder();

    /** A flush; every third one merges those before it, and every other of these makes two runs of a level. */
    private static VersionEdit edit(int number) {
        FileMetadata table = new FileMetadata(100 + number, 300, Blocks.put("a", 5), Blocks.put("z", 6));
        VersionEdit edit = new VersionEdit().setLogNumber(number).setNextFileNumber(200 + number);
        if (number % 3 != 0) {
            return edit.add(0, table);
        }
        if (number >= 6 && number % 6 == 0) {
            edit.delete(1, 100 + number - 3);
        }
        return edit.delete(0, 100 + number - 1).delete(0, 100 + number - 2).add(1, table.inRun(number, 0));
    }

    private static Version after(long number) {
        Version version = Version.empty();
        for (int i = 1; i <= number; i++) {
            version = version.with(edit(i));
        }
        return version;
    }

    private static List<Long> numbers(Version version) {
        return version.files().stream().map(FileMetadata::number).toList();
    }

    @Test
    @DisplayName("whenever the power is cut, an edit that was acknowledged is there, whole, and at most one more")
    void versionSet() {
        Seeds.check(2, random -> {
            CrashReport report = CrashExplorer.explore(
                    CrashExplorerOptions.defaults().withSeed(random.nextLong()),
                    crashing -> {
                        VersionSet versions = VersionSet.create(crashing.root(), stats, ManifestFormat.LEVELDB);
                        for (int i = 1; i <= 24; i++) {
                            if (i % 7 == 0) { // opened again, so that the manifest is begun anew
                                versions.close();
                                versions = VersionSet.recover(crashing.root(), stats, ManifestFormat.LEVELDB);
                            }
                            versions.apply(edit(i));
                            if (i % 7 == 0) {
                                versions.removeUnneeded();
                            }
                            crashing.ack(i);
                        }
                        versions.close();
                    },
                    crash -> {
                        int last = crash.acknowledged().size();
                        if (!VersionSet.exists(crash.root())) {
                            assertEquals(0, last, "edits that were acknowledged, and there is no CURRENT");
                            return;
                        }
                        try (VersionSet versions = VersionSet.recover(crash.root(), stats, ManifestFormat.LEVELDB)) {
                            long there = versions.logNumber();
                            assertTrue(there == last || there == last + 1, there + " of " + last + " edits are there");
                            assertEquals(numbers(after(there)), numbers(versions.current()), "tables after " + there);
                        }
                    });
            assertTrue(report.images() > 300, "only " + report.images() + " crashes were tried");
        });
    }

    @Test
    @DisplayName(
            "a call to the disk that fails is a StorageException; who opens the store again finds the old version or the new")
    void failures() {
        for (DiskCall call : List.of(DiskCall.WRITE, DiskCall.SYNC, DiskCall.DIRECTORY_SYNC, DiskCall.METADATA)) {
            for (int first = 0; first < 2; first++) {
                for (int nth = 1; nth <= 2; nth++) {
                    CrashDisk disk = CrashDisk.create();
                    VersionSet versions = VersionSet.create(disk.root(), stats, ManifestFormat.LEVELDB);
                    versions.apply(edit(1));
                    if (first == 1) {
                        versions.close();
                        versions = VersionSet.recover(disk.root(), stats, ManifestFormat.LEVELDB);
                    }
                    disk.faults().failOnce(call, nth);
                    boolean failed = fails(versions);
                    assertEquals(
                            numbers(after(failed ? 1 : 2)),
                            numbers(versions.current()),
                            "tables, when a " + call + " fails");
                    disk.faults().clear();
                    versions.close();
                    assertEquals(
                            0,
                            disk.openFiles(),
                            "files left open when " + call + " number " + nth + " of an edit"
                                    + (first == 1 ? " that begins a manifest" : "")
                                    + " failed and the versions were closed");
                    try (VersionSet again = VersionSet.recover(disk.root(), stats, ManifestFormat.LEVELDB)) {
                        long there = again.logNumber();
                        assertTrue(there == 2 || failed && there == 1, "after a failed " + call + " edit " + there);
                        assertEquals(numbers(after(there)), numbers(again.current()), "tables after a failed " + call);
                    }
                }
            }
        }
    }

    @Test
    @DisplayName("creating fails at any call to the disk: no file stays open")
    void failedCreationLeavesNothingOpen() {
        try (VersionSet whole = VersionSet.create(CrashDisk.create().root(), stats, ManifestFormat.LEVELDB)) {
            whole.apply(edit(1));
        }
        for (DiskCall call : List.of(DiskCall.WRITE, DiskCall.SYNC, DiskCall.DIRECTORY_SYNC, DiskCall.METADATA)) {
            boolean failed = true;
            for (int nth = 1; failed; nth++) {
                CrashDisk disk = CrashDisk.create();
                disk.faults().failOnce(call, nth);
                try {
                    VersionSet.create(disk.root(), stats, ManifestFormat.LEVELDB)
                            .close();
                    failed = false;
                } catch (StorageException e) {
                    assertEquals(
                            0,
                            disk.openFiles(),
                            "files left open by VersionSet.create, in which " + call + " number " + nth + " failed");
                }
            }
        }
    }

    private static boolean fails(VersionSet versions) {
        try {
            versions.apply(edit(2));
            return false;
        } catch (StorageException e) {
            return true;
        }
    }

    @Test
    @DisplayName("a temporary file that a crash has left is in nobody's way")
    void leftOver() throws IOException {
        CrashDisk disk = CrashDisk.create();
        Files.writeString(disk.root().resolve("000002.dbtmp"), "MANIFEST-0000");
        Files.writeString(disk.root().resolve("TABLES.txt.tmp"), "storagelab tab");
        try (VersionSet versions = VersionSet.create(disk.root(), stats, ManifestFormat.LEVELDB)) {
            versions.apply(edit(1));
            assertEquals("MANIFEST-000002\n", Files.readString(disk.root().resolve("CURRENT")), "CURRENT");
        }
        TextManifest text = TextManifest.open(disk.root(), stats);
        assertTrue(Files.notExists(disk.root().resolve("TABLES.txt.tmp")), "TABLES.txt.tmp is there after opening");
        Files.writeString(disk.root().resolve("TABLES.txt.tmp"), "storagelab tab");
        text.apply(edit(1));
        assertEquals(
                numbers(after(1)), numbers(TextManifest.open(disk.root(), stats).current()), "tables of the text");
    }

    @Test
    @DisplayName(
            "of the text file, too, the last edit that was acknowledged is there, or the one after it, and nothing beside it")
    void textManifest() {
        Seeds.check(2, random -> {
            CrashReport report = new TextManifestCrashes(24, ManifestCrashHiddenTest::edit).explore(random.nextLong());
            assertTrue(report.images() > 300, "only " + report.images() + " crashes were tried");
        });
    }

    @Test
    @DisplayName(
            "an edit of the text that fails or does not fit leaves the list that was there; damage is found by its checksum")
    void textFailures() throws IOException {
        CrashDisk disk = CrashDisk.create();
        TextManifest manifest = TextManifest.open(disk.root(), stats);
        manifest.apply(edit(1));
        assertThrows(
                IllegalArgumentException.class,
                () -> manifest.apply(new VersionEdit().setLogNumber(9).delete(3, 7)),
                "an edit that deletes a table that is not there");
        for (DiskCall call : List.of(DiskCall.WRITE, DiskCall.SYNC, DiskCall.METADATA)) {
            disk.faults().failOnce(call, 1);
            assertThrows(StorageException.class, () -> manifest.apply(edit(2)), "an edit whose " + call + " fails");
            assertEquals(0, disk.openFiles(), "files left open by an edit of the text whose " + call + " fails");
        }
        assertEquals(1, manifest.logNumber(), "logNumber() of the list in memory");
        assertEquals(numbers(after(1)), numbers(manifest.current()), "tables of the list in memory");
        TextManifest again = TextManifest.open(disk.root(), stats);
        assertEquals(1, again.logNumber(), "logNumber() of the list on disk");
        assertEquals(numbers(after(1)), numbers(again.current()), "tables of the list on disk");
        Path file = disk.root().resolve(TextManifest.NAME);
        byte[] whole = Files.readAllBytes(file);
        for (int i = 0; i < whole.length; i++) {
            byte[] damaged = whole.clone();
            damaged[i] ^= 2;
            Files.write(file, damaged);
            CorruptionException e = assertThrows(
                    CorruptionException.class,
                    () -> TextManifest.open(disk.root(), stats),
                    "byte " + i + " is damaged");
            assertEquals(file.toString(), e.file(), "file() of the exception");
            Files.write(file, Arrays.copyOf(whole, i));
            assertThrows(CorruptionException.class, () -> TextManifest.open(disk.root(), stats), "cut off at " + i);
        }
    }
}
