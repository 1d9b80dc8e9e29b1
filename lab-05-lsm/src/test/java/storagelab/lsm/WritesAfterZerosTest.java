package storagelab.lsm;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import storagelab.api.CorruptionException;
import storagelab.api.MaintenanceKind;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.codec.ByteWriter;
import storagelab.log.BatchRecord;
import storagelab.manifest.LsmFileNames;
import storagelab.testkit.lsm.LogBytes;

/**
 * A killed process of this store leaves zeros at the end of its log, and LevelDB with {@code reuse_logs} appends after them.
 * What it had appended was taken for the rest of a damaged log: dropped, and the log deleted.
 */
class WritesAfterZerosTest {
    private static final int BEFORE = 300;

    @TempDir
    private Path directory;

    private final TreeMap<Slice, Slice> content = new TreeMap<>();

    private LsmOptions options(RecoveryMode mode) {
        return LsmOptions.defaults().withMaintenance(MaintenanceKind.FOREGROUND).withRecoveryMode(mode);
    }

    @ParameterizedTest
    @EnumSource(RecoveryMode.class)
    @DisplayName(
            "what LevelDB has appended to the log of a killed process is there, in every mode of recovery, and stays")
    void reusedByLevelDb(RecoveryMode mode) throws IOException {
        Path home = Files.createDirectory(directory.resolve("reused"));
        LevelDbDatabases.copy("reused-log", home);
        TreeMap<Slice, Slice> expected = LevelDbDatabases.expected("reused-log");
        assertEquals(1500, expected.size());
        for (int opened = 0; opened < 3; opened++) {
            try (LsmStore store = LsmStore.open(home, options(mode))) {
                assertTrue(store.recoveryReport().isClean(), "dropped: " + store.recoveryReport());
                assertEquals(expected, LevelDbDatabases.forward(store), "after opening " + opened + " times before");
                store.put(Slice.utf8("opened"), Slice.utf8("" + opened));
                expected.put(Slice.utf8("opened"), Slice.utf8("" + opened));
            }
        }
        assertEquals(expected, LevelDbDatabases.readByLevelDb(home), "what LevelDB finds");
    }

    @Test
    @DisplayName("a repair of such a store keeps them, and has nothing to report")
    void repaired() throws IOException {
        Path home = Files.createDirectory(directory.resolve("reused"));
        LevelDbDatabases.copy("reused-log", home);
        LsmRepair.Report report = LsmRepair.repair(home, options(RecoveryMode.ABSOLUTE));
        assertEquals(List.of(), report.dropped());
        try (LsmStore store = LsmStore.open(home, options(RecoveryMode.ABSOLUTE))) {
            assertEquals(LevelDbDatabases.expected("reused-log"), LevelDbDatabases.forward(store));
        }
    }

    /** A log of a process that was killed: records, and zeros up to a mebibyte. */
    @BeforeEach
    void write() {
        Path killed = directory.resolve("writer");
        try (LsmStore store = LsmStore.open(killed, options(RecoveryMode.ABSOLUTE))) {
            for (int i = 0; i < BEFORE; i++) {
                Slice key = Slice.utf8("before" + i);
                store.put(key, Slice.utf8("" + i));
                content.put(key, Slice.utf8("" + i));
            }
            copyFiles(killed, killed());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Path killed() {
        return directory.resolve("killed");
    }

    private static void copyFiles(Path from, Path to) throws IOException {
        Files.createDirectory(to);
        for (Path file : LsmFileNames.list(from)) {
            if (!file.endsWith("LOCK")) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    /** Appends a batch of two puts at the end of the file, as LevelDB does. */
    private void append(long sequence) throws IOException {
        WriteBatch batch = new WriteBatch()
                .put(Slice.utf8("after" + sequence), Slice.utf8("zeros"))
                .put(Slice.utf8("before7"), Slice.utf8("written over"));
        byte[] record =
                BatchRecord.encode(sequence, List.of(batch), new ByteWriter(16)).toByteArray();
        Files.write(log(), LogBytes.chunk(1, record), StandardOpenOption.APPEND);
        batch.operations().forEach(put -> content.put(put.key(), ((WriteBatch.Put) put).value()));
    }

    private Path log() {
        return logOf(killed());
    }

    @Test
    @DisplayName("batches after the zeros count if the first carries exactly the next sequence")
    void nextSequence() throws IOException {
        assertEquals(1 << 20, Files.size(log()), "records and zeros");
        append(BEFORE + 1);
        append(BEFORE + 3);
        try (LsmStore store = LsmStore.open(killed(), options(RecoveryMode.ABSOLUTE))) {
            assertTrue(store.recoveryReport().isClean(), "dropped: " + store.recoveryReport());
            assertEquals(content, LevelDbDatabases.forward(store));
            assertEquals(BEFORE + 4, store.lastSequence());
        }
    }

    @ParameterizedTest
    @EnumSource(RecoveryMode.class)
    @DisplayName("zeros are damage if a sequence is missing after them")
    void missingSequence(RecoveryMode mode) throws IOException {
        TreeMap<Slice, Slice> before = new TreeMap<>(content);
        append(BEFORE + 2);
        if (mode == RecoveryMode.ABSOLUTE) {
            CorruptionException thrown =
                    assertThrows(CorruptionException.class, () -> LsmStore.open(killed(), options(mode)));
            assertThat(thrown.getMessage(), containsString("zeros in the middle of the log"));
            return;
        }
        try (LsmStore store = LsmStore.open(killed(), options(mode))) {
            assertFalse(store.recoveryReport().isClean());
            assertEquals(
                    mode == RecoveryMode.SALVAGE ? content : before,
                    LevelDbDatabases.forward(store),
                    "what is there with " + mode);
        }
    }

    @Test
    @DisplayName("a record of which the process wrote all but its first bytes is as good as not written")
    void killedInsideOfARecord() throws IOException {
        try (FileChannel file = FileChannel.open(log(), StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(new byte[] {1, 2, 3, 4, 5, 6}), endOfRecords() + Long.BYTES);
        }
        append(BEFORE + 1);
        try (LsmStore store = LsmStore.open(killed(), options(RecoveryMode.ABSOLUTE))) {
            assertEquals(content, LevelDbDatabases.forward(store));
        }
    }

    private long endOfRecords() throws IOException {
        byte[] bytes = Files.readAllBytes(log());
        int end = bytes.length;
        while (bytes[end - 1] == 0) {
            end--;
        }
        return end;
    }

    @ParameterizedTest
    @EnumSource(RecoveryMode.class)
    @DisplayName(
            "a chunk that was written in part hides nothing if the next sequence follows it; that it is there is said")
    void tornBeforeTheNext(RecoveryMode mode) throws IOException {
        byte[] torn = LogBytes.chunk(1, new byte[2000]);
        torn[torn.length - 1] ^= 1;
        try (FileChannel file = FileChannel.open(log(), StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(torn), endOfRecords());
        }
        append(BEFORE + 1);
        if (mode == RecoveryMode.ABSOLUTE) {
            assertThrows(CorruptionException.class, () -> LsmStore.open(killed(), options(mode)));
            return;
        }
        try (LsmStore store = LsmStore.open(killed(), options(mode))) {
            assertEquals(1, store.recoveryReport().dropped().size());
            assertEquals(content, LevelDbDatabases.forward(store));
        }
    }

    @Test
    @DisplayName("the log of a killed process never begins with zeros that something could be appended to")
    void firstRecord() throws IOException {
        byte[] bytes = Files.readAllBytes(log());
        assertTrue(endOfRecords() > 0, "records in " + bytes.length + " bytes");
        Path one = directory.resolve("one");
        try (LsmStore store = LsmStore.open(one, options(RecoveryMode.ABSOLUTE))) {
            assertEquals(0, Files.size(logOf(one)), "bytes before the first write");
            store.put(Slice.utf8("a"), Slice.utf8("1"));
            assertEquals(1 << 20, Files.size(logOf(one)), "bytes after it");
        }
    }

    private static Path logOf(Path home) {
        return LsmFileNames.list(home).stream()
                .filter(file -> file.toString().endsWith(".log"))
                .findFirst()
                .orElseThrow();
    }
}
