package storagelab.lsm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.instanceOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storagelab.api.CorruptionException;
import storagelab.api.Cursor;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.Snapshot;
import storagelab.api.StorageIoException;
import storagelab.api.StoreClosedException;
import storagelab.disk.CrashDisk;
import storagelab.disk.DiskCall;
import storagelab.disk.DiskCounters;
import storagelab.file.StoreInUseException;

class LsmReadOnlyTest {
    private static final int KEYS = 300;

    private final CrashDisk disk = CrashDisk.create();
    private final Path home = disk.root().resolve("store");

    @Test
    @DisplayName("reading has changed the store: opened for reading, it writes, syncs, creates and deletes nothing")
    void readingHasChangedTheStore() {
        fill(home);
        DiskCounters before = disk.counters();
        for (DiskCall call : List.of(DiskCall.WRITE, DiskCall.SYNC, DiskCall.DIRECTORY_SYNC, DiskCall.METADATA)) {
            disk.faults().failFrom(call, 1); // as a read-only file system does
        }
        try (LsmStore store = LsmStore.openReadOnly(home, LsmStoreModelTest.TINY)) {
            assertWhole(store);
            store.verify();
        }
        DiskCounters spent = disk.counters().since(before);
        assertEquals(
                new DiskCounters(spent.reads(), 0, 0, 0, 0, spent.bytesRead(), 0),
                spent,
                "what opening, reading and closing did to the disk");
        assertEquals(0, disk.openFiles(), "open files");
    }

    @Test
    @DisplayName("writes larger than a memtable that are only in logs are read, and stay in the logs")
    void largeLog() throws IOException {
        try (LsmStore store = LsmStore.open(home, LsmOptions.defaults())) {
            put(store);
        }
        TreeMap<String, Long> before = files(home);
        LsmOptions small = LsmOptions.defaults().withMemtableBytes(1000);
        for (int i = 0; i < 2; i++) {
            try (LsmStore store = LsmStore.openReadOnly(home, small)) {
                assertEquals(KEYS, store.recoveryReport().operations(), "operations read from logs");
                assertEquals(0, store.version().files().size(), "tables");
                assertWhole(store);
            }
        }
        assertEquals(before, files(home), "files and their sizes");
    }

    @Test
    @DisplayName(
            "a damaged log was deleted by a read: it stays, whatever the recovery mode, and is read as far as that says")
    void damagedLogWasDeletedByARead() throws IOException {
        try (LsmStore store = LsmStore.open(home, LsmOptions.defaults())) {
            put(store);
        }
        Path log = only(".log");
        byte[] damaged = Files.readAllBytes(log);
        damaged[damaged.length / 2] ^= 1;
        Files.write(log, damaged);
        try (LsmStore store = LsmStore.openReadOnly(home, LsmOptions.defaults())) {
            assertEquals(Optional.empty(), store.get(key(KEYS - 1)), "what comes after the damage");
            assertEquals(1, store.recoveryReport().dropped().size(), "dropped: " + store.recoveryReport());
        }
        LsmOptions absolute = LsmOptions.defaults().withRecoveryMode(RecoveryMode.ABSOLUTE);
        assertThrows(CorruptionException.class, () -> LsmStore.openReadOnly(home, absolute));
        assertEquals(0, disk.openFiles(), "open files after a refusal");
        assertEquals(log, only(".log"));
        assertEquals(Slice.wrap(damaged), Slice.wrap(Files.readAllBytes(log)), "bytes of the damaged log");
    }

    @Test
    @DisplayName(
            "what would write says that the store was opened for reading only, and after closing that it is closed")
    void writes() {
        fill(home);
        LsmStore store = LsmStore.openReadOnly(home, LsmOptions.defaults());
        try (store) {
            UnsupportedOperationException thrown =
                    assertThrows(UnsupportedOperationException.class, () -> store.put(key(1), Slice.EMPTY));
            assertThat(thrown.getMessage(), containsString(home + " was opened for reading only"));
            assertThrows(UnsupportedOperationException.class, () -> store.delete(key(1)));
            assertThrows(UnsupportedOperationException.class, store::flush);
            assertThrows(UnsupportedOperationException.class, store::compactAll);
            assertWhole(store);
        }
        assertThrows(StoreClosedException.class, () -> store.get(key(1)));
        assertThrows(StoreClosedException.class, () -> store.put(key(1), Slice.EMPTY));
        store.close();
    }

    @Test
    @DisplayName("stores for reading share a directory with each other, and not with one that writes")
    void sharing() {
        assertThat(
                assertThrows(StorageIoException.class, () -> LsmStore.openReadOnly(disk.root(), LsmOptions.defaults()))
                        .getMessage(),
                containsString("CURRENT"));
        fill(home);
        try (LsmStore first = LsmStore.openReadOnly(home, LsmOptions.defaults())) {
            LsmStore second = LsmStore.openReadOnly(home, LsmOptions.defaults());
            assertWhole(second);
            second.close();
            second.close(); // does not give up the lock of the first
            assertInUse(() -> LsmStore.open(home, LsmOptions.defaults()));
            assertWhole(first);
        }
        try (LsmStore writer = LsmStore.open(home, LsmOptions.defaults())) {
            assertInUse(() -> LsmStore.openReadOnly(home, LsmOptions.defaults()));
            assertWhole(writer);
        }
        assertEquals(0, disk.openFiles(), "open files");
    }

    @Test
    @DisplayName("other processes respect the lock: readers share it with readers, and a writer with no process")
    void otherProcesses(@TempDir Path real) throws IOException, InterruptedException {
        fill(real);
        try (LsmStore reader = LsmStore.openReadOnly(real, LsmOptions.defaults())) {
            assertEquals("read", elsewhere("read", real));
            assertThat(elsewhere("write", real), containsString("another store has it open"));
            LsmStore.openReadOnly(real, LsmOptions.defaults()).close();
            assertThat(elsewhere("write", real), containsString("another store has it open"));
            assertWhole(reader);
        }
        try (LsmStore writer = LsmStore.open(real, LsmOptions.defaults())) {
            assertThat(elsewhere("read", real), containsString("another store has it open"));
            assertWhole(writer);
        }
        assertEquals("written", elsewhere("write", real));
    }

    @Test
    @DisplayName("a copy without the file LOCK is read, even if a store that merges everything opens the original")
    void withoutLockFile(@TempDir Path real) throws IOException {
        Path copy = real.resolve("copy");
        fill(real.resolve("store"));
        PathUtils.copyDirectory(real.resolve("store"), copy);
        Files.delete(copy.resolve("LOCK"));
        TreeMap<String, Long> before = files(copy);
        LsmStore.openReadOnly(copy, LsmOptions.defaults()).close();
        assertEquals(before, files(copy), "files and their sizes");
        try (LsmStore reader = LsmStore.openReadOnly(copy, LsmOptions.defaults())) {
            assertInUse(() -> LsmStore.open(copy, LsmOptions.defaults())); // in this process it is known all the same
            Files.createFile(copy.resolve("LOCK")); // what another process does first
            try (Stream<Path> tables = Files.list(copy)) {
                for (Path table :
                        tables.filter(file -> file.toString().endsWith(".ldb")).toList()) {
                    Files.delete(table); // and what it does when it has merged them
                }
            }
            assertWhole(reader);
        }
    }

    @Test
    @DisplayName("snapshots and cursors of a store for reading see all of it")
    void snapshots() {
        fill(home);
        try (LsmStore store = LsmStore.openReadOnly(home, LsmOptions.defaults());
                Snapshot snapshot = store.snapshot();
                Cursor cursor = snapshot.cursor(KeyRange.from(key(KEYS - 2)))) {
            cursor.seekToLast();
            assertEquals(key(KEYS - 1), cursor.key());
            cursor.prev();
            assertEquals(key(KEYS - 2), cursor.key());
            assertEquals(Optional.of(value(5)), snapshot.get(key(5)));
        }
    }

    /** Opens a store in another process. */
    public static final class SecondProcess {
        private SecondProcess() {}

        /** Says what came of it. */
        public static void main(String[] arguments) {
            Path store = Path.of(arguments[1]);
            boolean reads = arguments[0].equals("read");
            try (LsmStore opened = reads
                    ? LsmStore.openReadOnly(store, LsmOptions.defaults())
                    : LsmStore.open(store, LsmOptions.defaults())) {
                assertWhole(opened);
                System.out.println(reads ? "read" : "written");
            } catch (StorageIoException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    private static String elsewhere(String how, Path store) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        SecondProcess.class.getName(),
                        how,
                        store.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (InputStream output = process.getInputStream()) {
            return new String(output.readAllBytes(), UTF_8).strip();
        } finally {
            process.waitFor();
        }
    }

    private static void assertInUse(Runnable opening) {
        StorageIoException thrown = assertThrows(StorageIoException.class, opening::run);
        assertThat(thrown.getCause(), instanceOf(StoreInUseException.class));
    }

    /** Tables on several levels, and writes that are only in the log. */
    private static void fill(Path directory) {
        try (LsmStore store = LsmStore.open(directory, LsmStoreModelTest.TINY)) {
            put(store);
            store.flush();
            store.put(key(0), value(0));
        }
    }

    private static void put(LsmStore store) {
        for (int i = 0; i < KEYS; i++) {
            store.put(key(i), value(i));
        }
    }

    private static void assertWhole(LsmStore store) {
        int count = 0;
        try (Cursor cursor = store.cursor(KeyRange.all())) {
            for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                assertEquals(key(count), cursor.key());
                assertEquals(value(count), cursor.value());
                assertEquals(Optional.of(value(count)), store.get(key(count)));
                count++;
            }
        }
        assertEquals(KEYS, count, "keys");
    }

    private Path only(String ending) throws IOException {
        try (Stream<Path> files = Files.list(home)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static TreeMap<String, Long> files(Path directory) throws IOException {
        TreeMap<String, Long> sizes = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                sizes.put(file.getFileName().toString(), Files.size(file));
            }
        }
        return sizes;
    }

    private static Slice key(int number) {
        return Slice.utf8("key%04d".formatted(number));
    }

    private static Slice value(int number) {
        return Slice.utf8("value of " + number);
    }
}
