package storagelab.lsm;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.api.CorruptionException;
import storagelab.api.Durability;
import storagelab.api.Slice;
import storagelab.api.StorageException;
import storagelab.api.StorageIoException;
import storagelab.api.StoreClosedException;
import storagelab.api.StoreFailedException;
import storagelab.api.WriteBatch;
import storagelab.disk.CrashDisk;
import storagelab.disk.DiskCall;
import storagelab.file.StatsRecorder;
import storagelab.log.ChannelLogOutput;
import storagelab.log.LogWriter;
import storagelab.manifest.LsmFileNames;
import storagelab.manifest.ManifestFormat;
import storagelab.manifest.VersionEdit;

class LsmStoreErrorsTest {
    private final CrashDisk disk = CrashDisk.create();
    private final Path home = disk.root().resolve("store");

    private LsmStore open() {
        return LsmStore.open(home, LsmStoreModelTest.TINY);
    }

    @Test
    @DisplayName("a store that is open is not opened again, and the first one goes on")
    void openTwice() {
        try (LsmStore store = open()) {
            assertThrows(StorageIoException.class, this::open);
            store.put(Slice.utf8("a"), Slice.utf8("1"));
            assertEquals(Optional.of(Slice.utf8("1")), store.get(Slice.utf8("a")));
        }
    }

    @Test
    @DisplayName("a database with keys in another order is refused, with the names of both orders")
    void otherOrder() throws IOException {
        Files.createDirectories(home);
        try (ChannelLogOutput output = new ChannelLogOutput(LsmFileNames.manifest(home, 4), new StatsRecorder())) {
            new LogWriter(output)
                    .append(new VersionEdit()
                            .setComparator("idb_cmp1")
                            .setLogNumber(0)
                            .setNextFileNumber(5)
                            .setLastSequence(0)
                            .encode(ManifestFormat.LEVELDB));
        }
        Files.writeString(home.resolve(LsmFileNames.CURRENT), "MANIFEST-000004\n");
        String message = assertThrows(StorageIoException.class, this::open).getMessage();
        assertThat(message, containsString("idb_cmp1"));
        assertThat(message, containsString("leveldb.BytewiseComparator"));
    }

    @Test
    @DisplayName(
            "a table, a manifest or a log that is not there, and a CURRENT that names none, are corruption with the file's name")
    void missing() throws IOException {
        for (String ending : List.of(".ldb", "MANIFEST", ".log")) {
            fill();
            Path gone = only(ending);
            Files.delete(gone);
            CorruptionException thrown = assertThrows(CorruptionException.class, this::open, "without " + gone);
            assertEquals(gone.toString(), thrown.file());
            clear();
        }
        fill();
        Files.writeString(home.resolve(LsmFileNames.CURRENT), "nothing");
        assertThat(assertThrows(CorruptionException.class, this::open).file(), containsString("CURRENT"));
    }

    @Test
    @DisplayName(
            "when the disk is full writes fail and reads go on, and nothing is lost when the store is opened again")
    void fullDisk() {
        LsmStore store = open();
        int i = 0;
        for (; i < 50; i++) {
            store.put(key(i), Slice.utf8("x".repeat(50)));
        }
        disk.faults().failFrom(DiskCall.WRITE, 1);
        assertThrows(StorageException.class, () -> {
            for (int j = 50; j < 60; j++) {
                store.put(key(j), Slice.utf8("x".repeat(50)));
            }
        });
        assertThrows(StoreFailedException.class, () -> store.put(key(99), Slice.EMPTY), "a put after a failure");
        for (int j = 0; j < 50; j++) {
            assertEquals(
                    Optional.of(Slice.utf8("x".repeat(50))), store.get(key(j)), "get(" + key(j) + ") of a full disk");
        }
        disk.faults().clear();
        store.close();
        try (LsmStore again = open()) {
            for (int j = 0; j < 50; j++) {
                assertEquals(Optional.of(Slice.utf8("x".repeat(50))), again.get(key(j)), "get(" + key(j) + ")");
            }
            again.verify();
            again.put(key(99), Slice.EMPTY);
        }
    }

    @Test
    @DisplayName("a store that cannot write its memory out when it is closed says so, is closed, and has lost nothing")
    void fullDiskWhenItIsClosed() {
        Slice value = Slice.wrap(new byte[900_000]);
        LsmStore store = LsmStore.open(home, LsmOptions.defaults());
        store.put(key(1), value);
        store.put(key(2), value);
        disk.faults().failFrom(DiskCall.WRITE, 1);
        assertThrows(StoreFailedException.class, store::close);
        assertThrows(StoreClosedException.class, () -> store.get(key(1)));
        disk.faults().clear();
        try (LsmStore again = open()) {
            assertEquals(Optional.of(value), again.get(key(1)));
            assertEquals(Optional.of(value), again.get(key(2)));
        }
    }

    @Test
    @DisplayName("after a failed sync the store takes no more writes until it is opened again")
    void failedSync() {
        try (LsmStore store = open()) {
            store.put(key(1), Slice.utf8("1"));
            disk.faults().failOnce(DiskCall.SYNC, 1);
            WriteBatch batch = new WriteBatch().put(key(2), Slice.utf8("2"));
            assertThrows(StorageIoException.class, () -> store.write(batch, Durability.SYNCED));
            assertThrows(StoreFailedException.class, () -> store.write(batch, Durability.SYNCED));
            assertEquals(Optional.of(Slice.utf8("1")), store.get(key(1)));
        }
    }

    private void fill() {
        try (LsmStore store = open()) {
            for (int i = 0; i < 100; i++) {
                store.put(key(i), Slice.utf8("value " + i));
            }
            store.flush();
            store.put(key(1), Slice.EMPTY);
        }
    }

    private static Slice key(int number) {
        return Slice.utf8("key%02d".formatted(number));
    }

    private Path only(String part) throws IOException {
        try (Stream<Path> files = Files.list(home)) {
            return files.filter(file -> file.getFileName().toString().contains(part))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private void clear() throws IOException {
        try (Stream<Path> files = Files.list(home)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }
}
