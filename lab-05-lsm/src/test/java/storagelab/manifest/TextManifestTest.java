package storagelab.manifest;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.CorruptionException;
import storagelab.api.Slice;
import storagelab.api.StorageIoException;
import storagelab.api.ValueKind;
import storagelab.disk.CrashDisk;
import storagelab.disk.CrashReport;
import storagelab.disk.DiskCall;
import storagelab.file.FileMetrics;
import storagelab.file.StatsRecorder;
import storagelab.sstable.InternalKey;
import storagelab.testkit.Seeds;
import storagelab.testkit.lsm.TextManifestCrashes;

@Tag("5.6")
class TextManifestTest {
    private final CrashDisk disk = CrashDisk.create();
    private final StatsRecorder stats = new StatsRecorder();
    private final Path file = disk.root().resolve(TextManifest.NAME);

    private static FileMetadata table(long number, String from, String to) {
        return new FileMetadata(
                number,
                300,
                InternalKey.of(Slice.utf8(from), 5, ValueKind.VALUE),
                InternalKey.of(Slice.utf8(to), 6, ValueKind.VALUE));
    }

    private TextManifest open() {
        return TextManifest.open(disk.root(), stats);
    }

    @Test
    @DisplayName("the worked example, line by line, and what is read from it")
    void workedExample() throws IOException {
        open().apply(new VersionEdit()
                .setLogNumber(5)
                .setNextFileNumber(10)
                .setLastSequence(77)
                .add(0, table(9, "a", "b")));
        assertEquals("""
                storagelab tables 1
                log 5
                next 10
                sequence 77
                table level 0 number 9 bytes 300 run 9 newest 0 from 610105000000000000 to 620106000000000000
                checksum ca008360
                """, Files.readString(file));
        TextManifest read = open();
        assertEquals(List.of(table(9, "a", "b").inRun(9, 0)), read.current().files());
        assertEquals(5, read.logNumber());
        assertEquals(10, read.nextFileNumber());
        assertEquals(77, read.lastSequence());
    }

    @Test
    @DisplayName("any sequence of edits leaves what the edits leave in memory: tables, runs, times and counters")
    void model() {
        Seeds.check(10, random -> {
            CrashDisk here = CrashDisk.create();
            Version expected = Version.empty();
            for (int i = 1; i <= 30; i++) {
                int level = random.nextInt(Version.LEVELS);
                VersionEdit edit = new VersionEdit()
                        .setLogNumber(i)
                        .add(level, table(100 + i, "a" + i, "b").inRun(100 + i, random.nextInt(1000)));
                List<FileMetadata> there = expected.files(level);
                if (!there.isEmpty() && random.nextBoolean()) {
                    edit.delete(level, there.get(random.nextInt(there.size())).number());
                }
                expected = expected.with(edit);
                TextManifest manifest = TextManifest.open(here.root(), stats);
                manifest.apply(edit);
                assertEquals(expected.runs(), manifest.current().runs());
                assertEquals(
                        expected.runs(),
                        TextManifest.open(here.root(), stats).current().runs());
                assertEquals(i, TextManifest.open(here.root(), stats).logNumber());
            }
        });
    }

    @Test
    @DisplayName(
            "whenever the power is cut, the list is that of the last edit that was acknowledged or of the one after it")
    void crashes() {
        Seeds.check(3, random -> {
            CrashReport report = new TextManifestCrashes(30, TextManifestTest::edit).explore(random.nextLong());
            assertThat("crashes tried", report.images(), greaterThan(500L));
        });
    }

    /** A flush, and every fifth time a merge of all tables before. */
    private static VersionEdit edit(int number) {
        VersionEdit edit = new VersionEdit().setLogNumber(number).add(0, table(number, "a", "z"));
        for (int gone = Math.max(1, number - 5); number % 5 == 0 && gone < number; gone++) {
            edit.delete(0, gone);
        }
        return edit;
    }

    @Test
    @DisplayName(
            "an edit that cannot be written leaves the list that was there, on disk and in the next one who opens it")
    void failures() {
        for (DiskCall call : List.of(DiskCall.WRITE, DiskCall.SYNC, DiskCall.METADATA)) {
            CrashDisk here = CrashDisk.create();
            TextManifest manifest = TextManifest.open(here.root(), stats);
            manifest.apply(edit(1));
            here.faults().failOnce(call, 1);
            assertThrows(StorageIoException.class, () -> manifest.apply(edit(2)), "an edit whose " + call + " fails");
            assertEquals(1, manifest.current().files().size(), "tables of the list in memory");
            TextManifest again = TextManifest.open(here.root(), stats);
            assertEquals(1, again.logNumber(), "the log of the list on disk");
            again.apply(edit(2));
            assertEquals(
                    2, TextManifest.open(here.root(), stats).current().files().size());
        }
    }

    @Test
    @DisplayName("a bit that turns over, and a file that was cut off, are damage with the file")
    void damage() throws IOException {
        TextManifest manifest = open();
        manifest.apply(edit(1));
        manifest.apply(edit(2));
        byte[] whole = Files.readAllBytes(file);
        for (int bit = 0; bit < 8 * whole.length; bit++) {
            byte[] bytes = whole.clone();
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file, bytes);
            CorruptionException e = assertThrows(CorruptionException.class, this::open, "bit " + bit + " turned over");
            assertEquals(file.toString(), e.file());
        }
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThrows(CorruptionException.class, this::open, "cut off after " + length + " bytes");
        }
    }

    @Test
    @DisplayName("an edit that does not fit changes nothing")
    void refused() {
        TextManifest manifest = open();
        manifest.apply(edit(1));
        VersionEdit unknown = new VersionEdit().setLogNumber(9).delete(1, 77);
        assertThrows(
                IllegalArgumentException.class, () -> manifest.apply(unknown), "deletes a table that is not there");
        assertEquals(1, manifest.logNumber());
        assertEquals(1, open().logNumber());
    }

    @Test
    @DisplayName("a flush writes a line for every table that there is; the log of edits writes one for the new table")
    void costs() {
        TextManifest text = open();
        try (VersionSet log = VersionSet.create(disk.root(), stats, ManifestFormat.LEVELDB)) {
            log.apply(new VersionEdit().setLogNumber(1));
            for (int i = 1; i <= 400; i++) {
                long before = stats.get(FileMetrics.BYTES_WRITTEN);
                text.apply(new VersionEdit().add(0, table(i, "a", "z")));
                long written = stats.get(FileMetrics.BYTES_WRITTEN) - before;
                assertThat("bytes of text for a flush to " + i + " tables", written, greaterThan(80L * i));
                before = stats.get(FileMetrics.BYTES_WRITTEN);
                log.apply(new VersionEdit().add(0, table(i, "a", "z")));
                written = stats.get(FileMetrics.BYTES_WRITTEN) - before;
                assertThat("bytes of an edit for a flush to " + i + " tables", written, lessThan(100L));
            }
        }
    }
}
