package storagelab.lsm;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
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
import storagelab.disk.CrashDisk;

class LsmRepairTest {
    private static final LsmOptions OPTIONS = LsmOptions.defaults()
            .withMemtableBytes(20_000)
            .withTableBytes(10_000)
            .withMaintenance(MaintenanceKind.FOREGROUND);

    private final CrashDisk disk = CrashDisk.create();
    private final Path home = disk.root().resolve("store");
    private final TreeMap<Slice, Slice> content = new TreeMap<>();

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
        bytes[100] ^= 1;
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
    @DisplayName("a table whose footer is gone is given up, and the others are kept")
    void damagedFooter() throws IOException {
        Path table = files().stream()
                .filter(file -> file.toString().endsWith(".ldb"))
                .findFirst()
                .orElseThrow();
        byte[] bytes = Files.readAllBytes(table);
        bytes[bytes.length - 1] ^= 1;
        Files.write(table, bytes);
        LsmRepair.Report report = LsmRepair.repair(home, OPTIONS);
        assertThat(report.dropped().get(0).reason(), containsString("footer"));
        assertTrue(report.tables() > 0);
        try (LsmStore store = LsmStore.open(home, OPTIONS)) {
            assertFalse(contentOf(store).isEmpty());
            store.verify();
        }
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
}
