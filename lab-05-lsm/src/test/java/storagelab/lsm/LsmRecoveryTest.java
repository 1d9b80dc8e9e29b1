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
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storagelab.api.CorruptionException;
import storagelab.api.Slice;
import storagelab.api.StorageException;
import storagelab.disk.CrashDisk;
import storagelab.disk.DiskCall;

class LsmRecoveryTest {
    private static final int WRITES = 4000;

    private final CrashDisk disk = CrashDisk.create();
    private final Path home = disk.root().resolve("store");

    private LsmStore open(RecoveryMode mode) {
        return LsmStore.open(home, LsmOptions.defaults().withRecoveryMode(mode));
    }

    @Test
    @DisplayName("what was only in the log is there again, and the report counts it")
    void clean() {
        write();
        try (LsmStore store = open(RecoveryMode.ABSOLUTE)) {
            assertTrue(store.recoveryReport().isClean());
            assertEquals(WRITES, store.recoveryReport().operations());
            assertEquals(WRITES, count(store));
        }
    }

    @Test
    @DisplayName(
            "closing writes more than a megabyte out, so that the next open has no log to read, and leaves less in the log")
    void closedInGoodOrder() {
        for (boolean large : new boolean[] {true, false}) {
            Path place = disk.root().resolve(large ? "large" : "small");
            int writes = large ? 2 : 1;
            LsmOptions options = LsmOptions.defaults().withMemtableBytes(64 << 20);
            try (LsmStore store = LsmStore.open(place, options)) {
                for (int i = 0; i < writes; i++) {
                    store.put(key(i), Slice.wrap(new byte[900_000]));
                }
                assertEquals(0, store.version().files().size(), "tables before close()");
            }
            try (LsmStore store = LsmStore.open(place, options)) {
                assertEquals(large ? 0 : writes, store.recoveryReport().operations(), "operations read from logs");
                assertEquals(large ? 1 : 0, store.version().files().size(), "tables");
                assertEquals(writes, count(store));
            }
        }
    }

    @Test
    @DisplayName(
            "a damaged log: absolute refuses, point in time ends before the damage, salvage goes on behind it; all of them say so")
    void damaged() throws IOException {
        write();
        Path log = log();
        byte[] whole = Files.readAllBytes(log);
        byte[] damaged = whole.clone();
        damaged[whole.length / 2] ^= 1;
        Files.write(log, damaged);
        CorruptionException refused = assertThrows(CorruptionException.class, () -> open(RecoveryMode.ABSOLUTE));
        assertEquals(log.toString(), refused.file());

        try (LsmStore store = open(RecoveryMode.POINT_IN_TIME)) {
            assertFalse(store.recoveryReport().isClean());
            assertThat(store.recoveryReport().dropped().get(0).reason(), containsString("checksum"));
            int there = count(store);
            assertTrue(there > 0 && there < WRITES, there + " of " + WRITES + " writes are there");
            for (int i = 0; i < WRITES; i++) {
                assertEquals(
                        i < there,
                        store.get(key(i)).isPresent(),
                        key(i) + ", of which the first " + there + " are there");
            }
        }
    }

    @Test
    @DisplayName(
            "opening deleted a damaged log for good: it is in lost, byte for byte, with the log after it, and each only once")
    void damagedLogWasDeletedForGood() throws IOException {
        write();
        try (LsmStore store = open(RecoveryMode.ABSOLUTE)) {
            store.put(key(WRITES), value(WRITES));
        }
        List<Path> logs = logs();
        assertEquals(2, logs.size(), "logs");
        byte[] damaged = Files.readAllBytes(logs.get(0));
        damaged[damaged.length / 2] ^= 1;
        Files.write(logs.get(0), damaged);
        byte[] after = Files.readAllBytes(logs.get(1));
        Path lost = home.resolve("lost");
        disk.faults().failFrom(DiskCall.SYNC, 3); // so that it has to be tried again, with the copies there
        assertThrows(StorageException.class, () -> open(RecoveryMode.POINT_IN_TIME));
        disk.faults().clear();
        open(RecoveryMode.POINT_IN_TIME).close();
        assertEquals(
                Slice.wrap(damaged),
                Slice.wrap(Files.readAllBytes(lost.resolve(logs.get(0).getFileName()))));
        assertEquals(
                Slice.wrap(after),
                Slice.wrap(Files.readAllBytes(lost.resolve(logs.get(1).getFileName()))));
        try (Stream<Path> files = Files.list(lost)) {
            assertEquals(2, files.count(), "files in lost");
        }
        assertFalse(Files.exists(logs.get(0)), "the damaged log in the store");
        open(RecoveryMode.ABSOLUTE).close();
    }

    @Test
    @DisplayName("files in lost are not written over: the second of a name gets a number")
    void sameNameInLost() throws IOException {
        write();
        Path log = log();
        Path lost = Files.createDirectories(home.resolve("lost"));
        Files.writeString(lost.resolve(log.getFileName()), "an older one");
        byte[] damaged = Files.readAllBytes(log);
        damaged[damaged.length / 2] ^= 1;
        Files.write(log, damaged);
        open(RecoveryMode.SALVAGE).close();
        assertEquals("an older one", Files.readString(lost.resolve(log.getFileName())));
        assertEquals(Slice.wrap(damaged), Slice.wrap(Files.readAllBytes(lost.resolve(log.getFileName() + ".2"))));
    }

    @Test
    @DisplayName("a store without CURRENT was created again and its tables deleted: it is refused, and all files stay")
    void tablesWithoutCurrentWereDeleted() throws IOException {
        write();
        try (LsmStore store = open(RecoveryMode.ABSOLUTE)) {
            store.flush();
        }
        Files.delete(home.resolve("CURRENT"));
        CorruptionException refused = assertThrows(CorruptionException.class, () -> open(RecoveryMode.SALVAGE));
        assertThat(refused.getMessage(), containsString("CURRENT"));
        assertThat(refused.getMessage(), containsString(".ldb"));
        assertEquals(WRITES, LsmRepair.repair(home, LsmOptions.defaults()).keys());
    }

    @Test
    @DisplayName(
            "a process that was killed has left zeros behind its mapped log; nothing is damaged, for LevelDB neither")
    void killedWithMappedLog(@TempDir Path real) throws IOException {
        Path store = real.resolve("store");
        Path copy = Files.createDirectory(real.resolve("copy"));
        try (LsmStore writer = LsmStore.open(store, LsmOptions.defaults())) {
            for (int i = 0; i < WRITES; i++) {
                writer.put(key(i), value(i));
            }
            try (Stream<Path> files = Files.list(store)) {
                for (Path file : files.toList()) {
                    Files.copy(file, copy.resolve(file.getFileName()));
                }
            }
        }
        Files.delete(copy.resolve("LOCK"));
        if (LevelDbDatabases.isNativeLevelDbHere()) {
            Path forLevelDb = Files.createDirectory(real.resolve("leveldb"));
            PathUtils.copyDirectory(copy, forLevelDb);
            assertEquals(WRITES, LevelDbDatabases.readByLevelDb(forLevelDb).size(), "what LevelDB finds");
        }
        try (LsmStore reopened = LsmStore.open(copy, LsmOptions.defaults().withRecoveryMode(RecoveryMode.ABSOLUTE))) {
            assertTrue(reopened.recoveryReport().isClean());
            assertEquals(WRITES, count(reopened));
        }
    }

    @Test
    @DisplayName("opening writes no table: the logs stay until their memtable is flushed, and empty ones go")
    void logsStay() throws IOException {
        write();
        Path first = log();
        for (int i = 0; i < 3; i++) {
            open(RecoveryMode.ABSOLUTE).close();
        }
        try (LsmStore store = open(RecoveryMode.ABSOLUTE)) {
            assertEquals(0, store.version().files().size(), "tables after opening");
            assertEquals(2, logs().size(), "logs: the one with the writes, and a new one");
            assertTrue(Files.exists(first), "the log with the writes");
            store.put(key(WRITES), value(WRITES));
        }
        try (LsmStore store = open(RecoveryMode.ABSOLUTE)) {
            assertEquals(WRITES + 1, store.recoveryReport().operations(), "writes of both logs");
            assertEquals(Optional.of(value(WRITES)), store.get(key(WRITES)));
            store.flush();
            assertEquals(1, store.version().files().size(), "tables after a flush");
            assertEquals(1, logs().size(), "logs after a flush");
        }
        try (LsmStore store = open(RecoveryMode.ABSOLUTE)) {
            assertEquals(0, store.recoveryReport().operations());
            assertEquals(Optional.of(value(0)), store.get(key(0)));
        }
    }

    @Test
    @DisplayName("a store that is opened again and again for one write does not collect logs")
    void fewLogs() throws IOException {
        for (int i = 0; i < 30; i++) {
            try (LsmStore store = open(RecoveryMode.ABSOLUTE)) {
                store.put(key(i), value(i));
                assertTrue(logs().size() <= 5, "logs: " + logs());
            }
        }
        try (LsmStore store = open(RecoveryMode.ABSOLUTE)) {
            for (int i = 0; i < 30; i++) {
                assertEquals(Optional.of(value(i)), store.get(key(i)), key(i).toString());
            }
        }
    }

    @Test
    @DisplayName("salvage has what comes behind the damage, too")
    void salvage() throws IOException {
        write();
        Path log = log();
        byte[] bytes = Files.readAllBytes(log);
        bytes[bytes.length / 2] ^= 1;
        Files.write(log, bytes);
        try (LsmStore store = open(RecoveryMode.SALVAGE)) {
            assertFalse(store.recoveryReport().isClean());
            assertEquals(Optional.of(value(0)), store.get(key(0)));
            assertEquals(Optional.of(value(WRITES - 1)), store.get(key(WRITES - 1)));
            assertTrue(count(store) < WRITES, "what was in the damaged block is lost");
            store.verify();
        }
    }

    private void write() {
        try (LsmStore store = open(RecoveryMode.ABSOLUTE)) {
            for (int i = 0; i < WRITES; i++) {
                store.put(key(i), value(i));
            }
        }
    }

    private static int count(LsmStore store) {
        int count = 0;
        for (int i = 0; i < WRITES; i++) {
            count += store.get(key(i)).isPresent() ? 1 : 0;
        }
        return count;
    }

    private Path log() throws IOException {
        return logs().get(0);
    }

    private List<Path> logs() throws IOException {
        try (Stream<Path> files = Files.list(home)) {
            return files.filter(file -> file.toString().endsWith(".log")).toList();
        }
    }

    private static Slice key(int number) {
        return Slice.utf8("key%05d".formatted(number));
    }

    private static Slice value(int number) {
        return Slice.utf8("value of " + number);
    }
}
