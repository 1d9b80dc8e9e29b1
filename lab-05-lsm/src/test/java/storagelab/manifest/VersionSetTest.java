package storagelab.manifest;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.api.StorageIoException;
import storagelab.api.ValueKind;
import storagelab.disk.CrashDisk;
import storagelab.disk.CrashExplorer;
import storagelab.disk.CrashExplorerOptions;
import storagelab.disk.CrashReport;
import storagelab.file.StatsRecorder;
import storagelab.sstable.InternalKey;
import storagelab.testkit.Seeds;

@Tag("5.6")
class VersionSetTest {
    private final CrashDisk disk = CrashDisk.create();
    private final StatsRecorder stats = new StatsRecorder();

    private static FileMetadata file(long number, String from, String to, long run) {
        return new FileMetadata(number, 100, key(from), key(to)).inRun(run, 5_000_000_000_000L);
    }

    private static Slice key(String user) {
        return InternalKey.of(Slice.utf8(user), 7, ValueKind.VALUE);
    }

    private VersionSet create(ManifestFormat preferred) {
        return VersionSet.create(disk.root(), stats, preferred);
    }

    private VersionSet recover(ManifestFormat preferred) {
        return VersionSet.recover(disk.root(), stats, preferred);
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    }

    private List<Path> manifests() throws IOException {
        try (Stream<Path> files = Files.list(disk.root())) {
            return files.filter(file -> file.getFileName().toString().startsWith("MANIFEST"))
                    .toList();
        }
    }

    @Test
    @DisplayName("runs and times are there again after opening, and the manifest has the name that LevelDB refuses")
    void runsComeBack() throws IOException {
        Version written;
        try (VersionSet versions = create(ManifestFormat.RUNS)) {
            versions.apply(new VersionEdit()
                    .setLogNumber(7)
                    .add(0, file(9, "a", "c", 9))
                    .add(1, file(8, "a", "z", 6))
                    .add(1, file(5, "b", "y", 5)));
            written = versions.current();
        }
        assertThat(text(Manifest.current(disk.root())), containsString("storagelab.BytewiseComparator.runs"));
        try (VersionSet versions = recover(ManifestFormat.RUNS)) {
            assertEquals(written.runs(), versions.current().runs());
            assertEquals(5_000_000_000_000L, versions.current().runs(1).get(0).newestMillis());
        }
    }

    @Test
    @DisplayName("without a log, the sequence after opening is the last one in tables")
    void withoutALog() throws IOException {
        try (VersionSet versions = create(ManifestFormat.LEVELDB)) {
            versions.setLastSequence(50);
            versions.setSequenceInTables(30);
            versions.apply(new VersionEdit().setLogNumber(0).add(1, file(5, "b", "y", 3)));
            assertEquals(50, versions.lastSequence(), "what gets see");
        }
        try (VersionSet versions = recover(ManifestFormat.LEVELDB)) {
            assertEquals(30, versions.lastSequence(), "what is there after opening");
        }
    }

    @Test
    @DisplayName("the manifest is begun anew when the version does not fit LevelDB's any more, and when it does again")
    void formatFollowsTheShape() throws IOException {
        try (VersionSet versions = create(ManifestFormat.LEVELDB)) {
            versions.apply(new VersionEdit().setLogNumber(7).add(1, file(5, "b", "y", 3)));
            assertThat(text(Manifest.current(disk.root())), containsString("leveldb.BytewiseComparator"));
            assertEquals(
                    FileMetadata.ONLY_RUN, versions.current().runs(1).get(0).number(), "in LevelDB's format");
            Path first = Manifest.current(disk.root());

            versions.apply(new VersionEdit().add(1, file(8, "a", "z", 6)));
            Path second = Manifest.current(disk.root());
            assertThat(text(second), containsString("storagelab.BytewiseComparator.runs"));
            assertEquals(List.of(second), manifests(), "and the one before, " + first + ", is gone");

            versions.apply(new VersionEdit().delete(1, 8));
            assertThat(text(Manifest.current(disk.root())), containsString("leveldb.BytewiseComparator"));
            versions.apply(new VersionEdit().add(2, file(10, "a", "z", 4)));
            assertEquals(1, manifests().size(), "the next edit fits");
        }
        try (VersionSet versions = recover(ManifestFormat.RUNS)) {
            assertEquals(
                    List.of(0L, 0L),
                    versions.current().runs().stream().map(SortedRun::number).toList());
            versions.apply(new VersionEdit());
            assertThat(text(Manifest.current(disk.root())), containsString("storagelab.BytewiseComparator.runs"));
        }
    }

    @Test
    @DisplayName("a manifest that is much larger than what it has to say is begun anew, and says the same")
    void grown() throws IOException {
        Slice large = InternalKey.of(Slice.utf8("k".repeat(20_000)), 7, ValueKind.VALUE);
        try (VersionSet versions = create(ManifestFormat.LEVELDB)) {
            versions.apply(new VersionEdit().setLogNumber(3));
            Path first = Manifest.current(disk.root());
            for (int i = 0; i < 60; i++) {
                long number = versions.newFileNumber();
                versions.apply(new VersionEdit().add(1, new FileMetadata(number, 1, large, large)));
                versions.apply(new VersionEdit().delete(1, number));
            }
            assertThat(Manifest.current(disk.root()).toString(), greaterThan(first.toString()));
            assertEquals(1, manifests().size());
            assertThat(Files.size(manifests().get(0)), lessThan(VersionSet.REWRITE_BYTES + 100_000));
            versions.apply(new VersionEdit().add(1, new FileMetadata(1000, 1, large, large)));
        }
        try (VersionSet versions = recover(ManifestFormat.LEVELDB)) {
            assertEquals(1, versions.current().files().size());
            assertEquals(3, versions.logNumber());
        }
    }

    @Test
    @DisplayName("a manifest that has a lot to say is not begun anew for every edit")
    void largeAndNeeded() throws IOException {
        try (VersionSet versions = create(ManifestFormat.LEVELDB)) {
            versions.apply(new VersionEdit().setLogNumber(3));
            for (int i = 0; i < 40; i++) {
                Slice large = InternalKey.of(Slice.utf8("%03d".formatted(i) + "k".repeat(20_000)), 7, ValueKind.VALUE);
                versions.apply(new VersionEdit().add(1, new FileMetadata(1000 + i, 1, large, large)));
            }
            Path first = Manifest.current(disk.root());
            assertThat(Files.size(first), greaterThan(VersionSet.REWRITE_BYTES));
            assertEquals("MANIFEST-000002", first.getFileName().toString(), "all of its edits are needed");
        }
    }

    @Test
    @DisplayName("whenever the power is cut while the manifest is begun anew, an edit that was acknowledged is there")
    void crashes() {
        Seeds.check(2, random -> {
            CrashReport report = CrashExplorer.explore(
                    CrashExplorerOptions.defaults().withSeed(random.nextLong()),
                    crashing -> {
                        try (VersionSet versions = VersionSet.create(crashing.root(), stats, ManifestFormat.LEVELDB)) {
                            for (int i = 1; i <= 30; i++) {
                                versions.apply(edit(i));
                                crashing.ack(i);
                            }
                        }
                    },
                    crash -> {
                        int last = crash.acknowledged().size();
                        if (last == 0 && !VersionSet.exists(crash.root())) {
                            return;
                        }
                        try (VersionSet versions = VersionSet.recover(crash.root(), stats, ManifestFormat.LEVELDB)) {
                            long there = versions.logNumber();
                            assertTrue(there == last || there == last + 1, there + " of " + last + " edits are there");
                            long tables = there % 3 == 0 || there < 3 ? Math.max(1, there % 3) : 1 + there % 3;
                            assertEquals(tables, versions.current().files().size(), "tables after edit " + there);
                        }
                    });
            assertThat("crashes tried", report.images(), greaterThan(500L));
        });
    }

    /** Adds a run to level 1; every third one takes all others away, so that the format changes twice. */
    private static VersionEdit edit(int number) {
        VersionEdit edit = new VersionEdit().setLogNumber(number).add(1, file(100 + number, "a", "z", number));
        for (int gone = Math.max(1, number - 3); number % 3 == 0 && gone < number; gone++) {
            edit.delete(1, 100 + gone);
        }
        return edit;
    }

    @Test
    @DisplayName("keys in an order that nobody here knows are refused")
    void unknownOrder() {
        try (Manifest manifest = Manifest.create(
                disk.root(),
                4,
                new Manifest.Whole(new VersionEdit().setComparator("idb_cmp1"), ManifestFormat.LEVELDB),
                stats)) {
            String message = assertThrows(StorageIoException.class, () -> recover(ManifestFormat.LEVELDB))
                    .getMessage();
            assertThat(message, containsString("idb_cmp1"));
            assertThat(message, containsString("storagelab.BytewiseComparator.runs"));
        }
    }
}
