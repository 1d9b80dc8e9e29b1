package storagelab.recovery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import storagelab.api.CorruptionException;
import storagelab.api.Durability;
import storagelab.api.Slice;
import storagelab.api.StorageException;
import storagelab.api.StorageIoException;
import storagelab.api.StoreFailedException;
import storagelab.api.WriteBatch;
import storagelab.codec.Crc32c;
import storagelab.disk.CrashDisk;
import storagelab.disk.DiskCall;
import storagelab.disk.SurvivalMode;
import storagelab.testkit.recovery.SmallStores;
import storagelab.wal.SegmentAccess;
import storagelab.wal.WalMetrics;
import storagelab.wal.WalOptions;

@Tag("6.6")
class DurableStoreTest {
    private final CrashDisk disk = CrashDisk.create();
    private final Path directory = disk.root().resolve("store");

    private static Slice key(int number) {
        return Slice.utf8("key %05d".formatted(number));
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName("a killed process loses no BUFFERED write, and recovery says how many operations it has applied again")
    void killedProcess(EngineKind engine) {
        DurableOptions options = SmallStores.options(engine).withCheckpointLogBytes(1 << 20);
        DurableStore store = DurableStore.open(directory, options);
        for (int i = 0; i < 100; i++) {
            store.put(key(i), Slice.utf8("" + i));
        }

        // What the operating system has: everything that was written, synced or not.
        Path left = disk.afterCrash(SurvivalMode.EVERYTHING, 0).root().resolve("store");
        List<Long> progress = new ArrayList<>();
        try (DurableStore again = DurableStore.open(left, options, progress::add, opened -> opened::apply)) {
            for (int i = 0; i < 100; i++) {
                assertThat(again.get(key(i)), is(Optional.of(Slice.utf8("" + i))));
            }
            assertThat(again.replayedOperations(), is(greaterThan(0L)));
            assertThat(again.lastSequence(), is(100L));
        }
        try (DurableStore closed = DurableStore.open(left, options)) {
            assertThat("operations applied again after closing", closed.replayedOperations(), is(0L));
        }
        store.close();
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName("checkpoints cut the log, so that recovery applies again what came after the last one")
    void checkpointsBoundRecovery(EngineKind engine) {
        DurableOptions options = SmallStores.options(engine).withCheckpointLogBytes(1 << 20);
        DurableStore store = DurableStore.open(directory, options);
        for (int i = 0; i < 400; i++) {
            store.put(key(i), Slice.utf8("" + i));
            if (i == 350) {
                store.checkpoint();
            }
        }
        assertThat(store.stats().get(WalMetrics.SEGMENTS_DELETED), is(greaterThan(3L)));

        Path left = disk.afterCrash(SurvivalMode.EVERYTHING, 0).root().resolve("store");
        try (DurableStore again = DurableStore.open(left, options)) {
            assertThat(again.replayedOperations(), is(lessThan(50L)));
            assertThat(again.get(key(399)), is(Optional.of(Slice.utf8("399"))));
        }
        store.close();
    }

    @Test
    @DisplayName("a store is refused by options with another engine, by a second opening, and by an older program")
    void refusals() throws IOException {
        assertThat(DurableStore.engineOf(directory), is(Optional.empty()));
        try (DurableStore store = DurableStore.open(directory, SmallStores.options(EngineKind.BTREE))) {
            store.put(key(1), Slice.utf8("1"));
            assertThrows(
                    StorageIoException.class,
                    () -> DurableStore.open(directory, SmallStores.options(EngineKind.BTREE)));
        }
        IllegalArgumentException other = assertThrows(
                IllegalArgumentException.class,
                () -> DurableStore.open(directory, SmallStores.options(EngineKind.LSM)));
        assertThat(other.getMessage(), containsString("has the engine btree and cannot be opened with lsm"));
        assertThat(DurableStore.engineOf(directory), is(Optional.of("btree")));

        Path format = directory.resolve(StoreFormat.NAME);
        String text = Files.readString(format);
        String newer = "storagelab durable store 2\nengine btree\n";
        Files.writeString(format, newer + "checksum %08x\n".formatted(Crc32c.of(newer.getBytes(UTF_8))));
        CorruptionException refused = assertThrows(
                CorruptionException.class, () -> DurableStore.open(directory, SmallStores.options(EngineKind.BTREE)));
        assertThat(refused.isUnknownFormat(), is(true));
        Files.writeString(format, text.replace("btree", "bTree"));
        CorruptionException damaged = assertThrows(
                CorruptionException.class, () -> DurableStore.open(directory, SmallStores.options(EngineKind.BTREE)));
        assertThat(damaged.isUnknownFormat(), is(false));

        Files.writeString(format, text);
        try (DurableStore store = DurableStore.open(directory, SmallStores.options(EngineKind.BTREE))) {
            assertThat(store.get(key(1)), is(Optional.of(Slice.utf8("1"))));
        }
    }

    @Test
    @DisplayName("a log that is gone is an error, and not an empty log")
    void logIsGone() throws IOException {
        DurableOptions options = SmallStores.options(EngineKind.LSM);
        DurableStore.open(directory, options).close();
        Files.delete(directory.resolve("log").resolve("00000001.wal"));

        CorruptionException error =
                assertThrows(CorruptionException.class, () -> DurableStore.open(directory, options));

        assertThat(error.getMessage(), containsString("segments of a write-ahead log"));
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName("a key that the engine does not take is refused before it is in the log")
    void refusedBeforeTheLog(EngineKind engine) {
        DurableOptions options = SmallStores.options(engine);
        Slice tooLong = Slice.wrap(new byte[5_000]);
        try (DurableStore store = DurableStore.open(directory, options)) {
            if (engine == EngineKind.BTREE) {
                assertThrows(IllegalArgumentException.class, () -> store.put(tooLong, Slice.EMPTY));
            }
            store.put(key(1), Slice.utf8("1"));
        }
        try (DurableStore store = DurableStore.open(directory, options)) {
            assertThat(store.get(key(1)), is(Optional.of(Slice.utf8("1"))));
        }
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName("when a checkpoint fails, the next write says so, reads go on, and reopening mends it")
    void failedCheckpoint(EngineKind engine) {
        DurableOptions options = SmallStores.options(engine)
                .withCheckpointLogBytes(1 << 20)
                .withLog(new WalOptions(1 << 20, SegmentAccess.CHANNEL));
        DurableStore store = DurableStore.open(directory, options);
        store.write(new WriteBatch().put(key(1), Slice.utf8("1")), Durability.SYNCED);
        disk.faults().failFrom(DiskCall.SYNC, 1);

        assertThrows(StorageException.class, store::checkpoint);
        assertThrows(StoreFailedException.class, () -> store.put(key(2), Slice.utf8("2")));
        assertThat(store.get(key(1)), is(Optional.of(Slice.utf8("1"))));
        disk.faults().clear();
        store.close();

        try (DurableStore again = DurableStore.open(directory, options)) {
            assertThat(again.get(key(1)), is(Optional.of(Slice.utf8("1"))));
            again.put(key(2), Slice.utf8("2"));
        }
    }
}
