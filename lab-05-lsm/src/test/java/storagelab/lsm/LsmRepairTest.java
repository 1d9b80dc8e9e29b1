package storagelab.lsm;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.api.Cursor;
import storagelab.api.KeyRange;
import storagelab.api.MaintenanceKind;
import storagelab.api.Slice;
import storagelab.api.StorageException;
import storagelab.api.StorageIoException;
import storagelab.api.ValueKind;
import storagelab.disk.CrashDisk;
import storagelab.file.StatsRecorder;
import storagelab.file.StoreFile;
import storagelab.log.ChannelLogOutput;
import storagelab.log.LogWriter;
import storagelab.manifest.ManifestFormat;
import storagelab.manifest.VersionEdit;
import storagelab.sstable.Footer;
import storagelab.sstable.InternalKey;
import storagelab.sstable.TableBuilder;
import storagelab.sstable.TableOptions;

class LsmRepairTest {
    private static final LsmOptions OPTIONS = LsmOptions.defaults()
            .withMemtableBytes(20_000)
            .withTableBytes(10_000)
            .withMaintenance(MaintenanceKind.FOREGROUND);

    private final CrashDisk disk = CrashDisk.create();
    private final Path home = disk.root().resolve("store");
    private final TreeMap<Slice, Slice> content = new TreeMap<>();
    private int copies;

    /** A store with tables on several levels, overwritten and deleted keys, and some writes that are only in the log. */
    @BeforeEach
    void write() {
        try (LsmStore store = LsmStore.open(home, OPTIONS)) {
            for (int i = 0; i < 3_000; i++) {
                Slice key = Slice.utf8("key%04d".formatted(i * 7_919 % 1_000));
                if (i % 5 == 0) {
                    store.delete(key);
                    content.remove(key);
                } else {
                    store.put(key, Slice.utf8("value " + i));
                    content.put(key, Slice.utf8("value " + i));
                }
            }
        }
    }

    @Test
    @DisplayName("without manifest and CURRENT everything is there again, and the old files are in lost")
    void manifestIsGone() throws IOException {
        for (Path file : files()) {
            String name = file.getFileName().toString();
            if (name.startsWith("MANIFEST") || name.equals("CURRENT")) {
                Files.delete(file);
            }
        }
        List<Path> before = files();
        LsmRepair.Report report = LsmRepair.repair(home, OPTIONS);
        assertEquals(List.of(), report.dropped());
        assertEquals(content.size(), report.keys());
        assertContent();
        for (Path file : before) {
            boolean isNumbered = !file.getFileName().toString().equals("LOCK");
            assertEquals(
                    isNumbered,
                    Files.exists(home.resolve(LsmRepair.LOST).resolve(file.getFileName())),
                    file + " is in lost");
        }
    }

    @Test
    @DisplayName("a store that is repaired takes writes, and can be repaired again")
    void again() {
        LsmRepair.repair(home, OPTIONS);
        try (LsmStore store = LsmStore.open(home, OPTIONS)) {
            store.put(Slice.utf8("key0000"), Slice.utf8("newer than all that was found"));
            content.put(Slice.utf8("key0000"), Slice.utf8("newer than all that was found"));
            store.verify();
        }
        LsmRepair.Report report = LsmRepair.repair(home, OPTIONS);
        assertEquals(List.of(), report.dropped());
        assertContent();
    }

    @Test
    @DisplayName("of a damaged table all blocks but the damaged one are kept, and the report names it")
    void damagedBlock() throws IOException {
        try (LsmStore store = LsmStore.open(home, OPTIONS)) {
            store.compactAll();
        }
        Path table = files().stream()
                .filter(file -> file.toString().endsWith(".ldb"))
                .findFirst()
                .orElseThrow();
        byte[] bytes = Files.readAllBytes(table);
        bytes[100] ^= 3;
        Files.write(table, bytes);
        LsmRepair.Report report = LsmRepair.repair(home, OPTIONS);
        assertEquals(1, report.dropped().size(), "what was dropped: " + report.dropped());
        assertEquals(table, report.dropped().get(0).log());
        try (LsmStore store = LsmStore.open(home, OPTIONS)) {
            TreeMap<Slice, Slice> found = contentOf(store);
            assertTrue(content.entrySet().containsAll(found.entrySet()), "nothing is there that was not written");
            assertTrue(found.size() > content.size() / 2, found.size() + " of " + content.size() + " keys are there");
            assertTrue(found.size() < content.size(), "a block of keys is lost");
            assertTrue(found.containsKey(content.lastKey()), "the last key was in another block");
        }
    }

    @Test
    @DisplayName("one flipped bit, wherever it is in a table or a log, loses nothing")
    void flippedBit() throws IOException {
        for (Path file : files()) {
            String name = file.getFileName().toString();
            if (name.endsWith(".ldb") || name.endsWith(".log")) {
                byte[] bytes = Files.readAllBytes(file);
                new Random(bytes.length).ints(20, 0, bytes.length).forEach(at -> {
                    Path copy = copy();
                    byte[] flipped = bytes.clone();
                    flipped[at] ^= (byte) (1 << at % Byte.SIZE);
                    write(copy.resolve(name), flipped);
                    LsmRepair.repair(copy, OPTIONS);
                    try (LsmStore store = LsmStore.open(copy, OPTIONS)) {
                        assertTrue(
                                content.equals(contentOf(store)), "a bit of byte " + at + " of " + file + " flipped");
                    }
                });
            }
        }
    }

    @Test
    @DisplayName("of a table whose index or footer is gone all data blocks are kept")
    void indexIsGone() throws IOException {
        for (Path file : files()) {
            String name = file.getFileName().toString();
            if (name.endsWith(".ldb")) {
                byte[] bytes = Files.readAllBytes(file);
                for (int gone : new int[] {20, Footer.BYTES, Footer.BYTES + 30}) {
                    Path copy = copy();
                    byte[] damaged = bytes.clone();
                    Arrays.fill(damaged, bytes.length - gone, bytes.length, (byte) 0x55);
                    write(copy.resolve(name), damaged);
                    LsmRepair.Report report = LsmRepair.repair(copy, OPTIONS);
                    assertEquals(
                            gone < Footer.BYTES,
                            report.dropped().isEmpty(),
                            "is it said of " + file + " without " + gone);
                    try (LsmStore store = LsmStore.open(copy, OPTIONS)) {
                        assertEquals(content, contentOf(store), "without the last " + gone + " bytes of " + file);
                    }
                }
            }
        }
    }

    @Test
    @DisplayName("after a chunk of a log that cannot be read, the next one is, in the same block")
    void goesOnInsideOfALogBlock() throws IOException {
        try (LsmStore store = LsmStore.open(home, OPTIONS.withMemtableBytes(1 << 20))) {
            for (int i = 0; i < 200; i++) {
                store.put(Slice.utf8("key%04d".formatted(i)), Slice.utf8("newest " + i));
                content.put(Slice.utf8("key%04d".formatted(i)), Slice.utf8("newest " + i));
            }
        }
        Path log = files().stream()
                .filter(file -> file.toString().endsWith(".log"))
                .max(Path::compareTo)
                .orElseThrow();
        byte[] bytes = Files.readAllBytes(log);
        assertTrue(bytes.length > 2000 && bytes.length < 32_768, "bytes of the log, one block: " + bytes.length);
        Arrays.fill(bytes, 100, 104, (byte) 0x55); // in the fourth record or so
        Files.write(log, bytes);
        LsmRepair.Report report = LsmRepair.repair(home, OPTIONS);
        assertEquals(1, report.dropped().size(), "what was dropped: " + report.dropped());
        try (LsmStore store = LsmStore.open(home, OPTIONS)) {
            TreeMap<Slice, Slice> found = contentOf(store);
            long missing = content.entrySet().stream()
                    .filter(entry -> !entry.getValue().equals(found.get(entry.getKey())))
                    .count();
            assertTrue(missing <= 2, missing + " keys have another value or none");
        }
    }

    @Test
    @DisplayName("a file whose name is already in lost gets a number after it")
    void lostHasTheName() throws IOException {
        Path lost = Files.createDirectory(home.resolve(LsmRepair.LOST));
        List<Path> before = files().stream()
                .filter(file -> !file.endsWith("LOCK") && !file.endsWith("CURRENT"))
                .toList();
        for (Path file : before) {
            write(lost.resolve(file.getFileName()), new byte[] {1});
            write(lost.resolve(file.getFileName() + ".2"), new byte[] {2});
        }
        LsmRepair.repair(home, OPTIONS);
        assertContent();
        for (Path file : before) {
            assertTrue(Files.exists(lost.resolve(file.getFileName() + ".3")), file + " is in lost");
            assertEquals(1, Files.size(lost.resolve(file.getFileName())), "what was there before of " + file);
        }
    }

    @Test
    @DisplayName("a store with another comparator is refused in a sentence that names it, and nothing is written")
    void foreignComparator() throws IOException {
        Path foreign = Files.createDirectory(disk.root().resolve("foreign"));
        StatsRecorder stats = new StatsRecorder();
        try (StoreFile file = StoreFile.create(foreign.resolve("MANIFEST-000004"), stats);
                ChannelLogOutput output = new ChannelLogOutput(foreign.resolve("MANIFEST-000005"), stats)) {
            file.append(Slice.utf8("damaged"));
            new LogWriter(output)
                    .append(new VersionEdit().setComparator("idb_cmp1").encode(ManifestFormat.LEVELDB));
        }
        try (StoreFile table = StoreFile.create(foreign.resolve("000003.ldb"), stats)) {
            TableBuilder builder = new TableBuilder(table, TableOptions.defaults());
            builder.add(InternalKey.of(Slice.utf8("a"), 1, ValueKind.VALUE), Slice.utf8("1"));
            builder.finish();
        }
        assertRefused(foreign, "idb_cmp1");
    }

    private static void assertRefused(Path foreign, String words) throws IOException {
        List<String> before = names(foreign);
        StorageIoException refused = assertThrows(StorageIoException.class, () -> LsmRepair.repair(foreign, OPTIONS));
        assertThat(refused.getMessage(), containsString(words));
        before.add("LOCK");
        assertEquals(new TreeSet<>(before), new TreeSet<>(names(foreign)), "files");
    }

    @Test
    @DisplayName("a store that is open is left alone, and so is a directory that has no store")
    void refused() throws IOException {
        try (LsmStore store = LsmStore.open(home, OPTIONS)) {
            assertThrows(StorageException.class, () -> LsmRepair.repair(home, OPTIONS));
            assertEquals(content, contentOf(store));
        }
        Path empty = Files.createDirectory(disk.root().resolve("empty"));
        StorageIoException nothing = assertThrows(StorageIoException.class, () -> LsmRepair.repair(empty, OPTIONS));
        assertThat(nothing.getMessage(), containsString("neither tables nor logs"));
    }

    private void assertContent() {
        try (LsmStore store = LsmStore.open(home, OPTIONS)) {
            assertEquals(content, contentOf(store));
            store.verify();
        }
    }

    private static TreeMap<Slice, Slice> contentOf(LsmStore store) {
        TreeMap<Slice, Slice> found = new TreeMap<>();
        try (Cursor cursor = store.cursor(KeyRange.all())) {
            for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                found.put(cursor.key(), cursor.value());
            }
        }
        return found;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> list = Files.list(home)) {
            return list.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> list = Files.list(directory)) {
            return list.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(ArrayList::new));
        }
    }

    /** A copy of the store, in place of the one before. */
    private Path copy() {
        Path copy = disk.root().resolve("copy" + copies++);
        try {
            Files.createDirectory(copy);
            for (Path file : files()) {
                write(copy.resolve(file.getFileName()), Files.readAllBytes(file));
            }
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, byte[] bytes) {
        try {
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
