package storagelab.recovery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import storagelab.api.CorruptionException;
import storagelab.api.Cursor;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.Snapshot;
import storagelab.api.SnapshotStore;
import storagelab.api.StorageIoException;
import storagelab.api.StoreClosedException;
import storagelab.disk.CrashDisk;
import storagelab.disk.DiskCall;
import storagelab.disk.DiskCounters;
import storagelab.disk.SurvivalMode;
import storagelab.file.StoreInUseException;
import storagelab.testkit.Seeds;
import storagelab.testkit.recovery.SmallStores;

class ReadOnlyStoreTest {
    private final CrashDisk disk = CrashDisk.create();
    private final Path directory = disk.root().resolve("store");

    private static Slice key(int number) {
        return Slice.utf8("key %04d".formatted(number));
    }

    /** Entries in the engine, and puts, overwrites and deletions that are only in the log. */
    private static void fill(DurableStore store) {
        for (int i = 0; i < 200; i++) {
            store.put(key(i), Slice.utf8("" + i));
        }
        store.checkpoint();
        for (int i = 0; i < 200; i += 5) {
            store.put(key(i), Slice.utf8("again " + i));
            store.delete(key(i + 1));
            store.put(key(1000 + i), Slice.utf8("new"));
        }
    }

    private static DurableOptions options(EngineKind engine) {
        return SmallStores.options(engine).withCheckpointLogBytes(1 << 20);
    }

    /** The disk of a process that was killed after {@link #fill}. */
    private CrashDisk killed(EngineKind engine) {
        DurableStore store = DurableStore.open(directory, options(engine));
        fill(store);
        CrashDisk left = disk.afterCrash(SurvivalMode.EVERYTHING, 0);
        store.close();
        return left;
    }

    private static void assertFilled(SnapshotStore store) {
        assertThat(store.get(key(5)), is(Optional.of(Slice.utf8("again 5"))));
        assertThat(store.get(key(6)), is(Optional.empty()));
        assertThat(store.get(key(7)), is(Optional.of(Slice.utf8("7"))));
        assertThat(store.get(key(1005)), is(Optional.of(Slice.utf8("new"))));
        assertThat(entries(store).size(), is(200));
    }

    private static List<String> entries(SnapshotStore store) {
        List<String> entries = new ArrayList<>();
        try (Cursor cursor = store.cursor(KeyRange.all())) {
            for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                entries.add(cursor.key() + "=" + cursor.value());
            }
        }
        return entries;
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName(
            "after a kill, a reader sees all of the log over the engine, and writes, syncs, creates and deletes nothing")
    void writesNothing(EngineKind engine) {
        CrashDisk left = killed(engine);
        Path home = left.root().resolve("store");
        DiskCounters before = left.counters();
        for (DiskCall call : List.of(DiskCall.WRITE, DiskCall.SYNC, DiskCall.DIRECTORY_SYNC, DiskCall.METADATA)) {
            left.faults().failFrom(call, 1); // as a read-only file system does
        }
        try (ReadOnlyStore store = ReadOnlyStore.open(home, options(engine))) {
            assertFilled(store);
            assertThat(store.replayedOperations(), is(greaterThan(0L)));
            assertThat(store.lastSequence(), is(320L));
        }
        DiskCounters spent = left.counters().since(before);
        assertThat(spent, is(new DiskCounters(spent.reads(), 0, 0, 0, 0, spent.bytesRead(), 0)));
        assertThat("open files", left.openFiles(), is(0));
        left.faults().clear();
        try (DurableStore store = DurableStore.open(home, options(engine))) {
            assertFilled(store);
        }
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName("after every power cut, reading only shows what opening for writing shows")
    void asOpeningForWriting(EngineKind engine) {
        DurableStore store = DurableStore.open(directory, options(engine));
        fill(store);
        for (SurvivalMode mode : SurvivalMode.values()) {
            for (int seed = 0; seed < 5; seed++) {
                Path left = disk.afterCrash(mode, seed).root().resolve("store");
                List<String> read;
                long sequence;
                try (ReadOnlyStore reader = ReadOnlyStore.open(left, options(engine))) {
                    read = entries(reader);
                    sequence = reader.lastSequence();
                }
                try (DurableStore writer = DurableStore.open(left, options(engine))) {
                    assertThat(mode + ", seed " + seed, read, is(entries(writer)));
                    assertThat(mode + ", seed " + seed, sequence, is(writer.lastSequence()));
                }
            }
        }
        store.close();
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName("cursors over the log and the engine go to both sides, within bounds, as a sorted map")
    void cursors(EngineKind engine) {
        CrashDisk left = killed(engine);
        try (ReadOnlyStore store = ReadOnlyStore.open(left.root().resolve("store"), options(engine))) {
            NavigableMap<Slice, Slice> model = new TreeMap<>();
            try (Cursor all = store.cursor(KeyRange.all())) {
                for (all.seekToFirst(); all.isValid(); all.next()) {
                    model.put(all.key(), all.value());
                }
            }
            Seeds.check(20, random -> walk(store, model, random));
        }
    }

    private static void walk(ReadOnlyStore store, NavigableMap<Slice, Slice> model, Random random) {
        Slice from = key(random.nextInt(200));
        Slice to = key(200 + random.nextInt(1200));
        NavigableMap<Slice, Slice> part = model.subMap(from, true, to, false);
        try (Snapshot snapshot = store.snapshot();
                Cursor cursor = snapshot.cursor(KeyRange.of(from, to))) {
            Slice middle = key(random.nextInt(1200));
            cursor.seekBefore(middle);
            assertThat(cursor.isValid() ? cursor.key() : null, is(part.lowerKey(middle)));
            cursor.seek(middle);
            Slice at = part.ceilingKey(middle);
            for (int step = 0; step < 30 && at != null; step++) {
                assertThat(cursor.key(), is(at));
                assertThat(cursor.value(), is(part.get(at)));
                if (random.nextInt(3) == 0) {
                    cursor.prev();
                    at = part.lowerKey(at);
                } else {
                    cursor.next();
                    at = part.higherKey(at);
                }
            }
            assertThat(cursor.isValid(), is(at != null));
        }
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName(
            "readers share a store; a writer and a reader refuse each other with a sentence, and a closed reader holds nothing")
    void locks(EngineKind engine) {
        DurableStore writer = DurableStore.open(directory, options(engine));
        fill(writer);
        StorageIoException refused =
                assertThrows(StorageIoException.class, () -> ReadOnlyStore.open(directory, options(engine)));
        assertThat(refused.getCause(), instanceOf(StoreInUseException.class));
        assertThat(refused.getMessage(), containsString("another store has it open"));
        writer.close();

        ReadOnlyStore one = ReadOnlyStore.open(directory, options(engine));
        try (ReadOnlyStore other = ReadOnlyStore.open(directory, options(engine))) {
            assertFilled(other);
            assertThrows(StorageIoException.class, () -> DurableStore.open(directory, options(engine)));
        }
        assertThrows(StorageIoException.class, () -> DurableStore.open(directory, options(engine)));
        Cursor cursor = one.cursor(KeyRange.all());
        one.close();
        assertThrows(StoreClosedException.class, () -> one.get(key(1)));
        assertThrows(StoreClosedException.class, cursor::seekToFirst);
        DurableStore.open(directory, options(engine)).close();
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName("writes are refused, and so are a directory without a store, another engine and a damaged log")
    void refusals(EngineKind engine) throws IOException {
        StorageIoException none =
                assertThrows(StorageIoException.class, () -> ReadOnlyStore.open(disk.root(), options(engine)));
        assertThat(none.getMessage(), containsString("FORMAT"));
        DurableStore.open(directory, options(engine)).close();
        EngineKind other = engine == EngineKind.LSM ? EngineKind.BTREE : EngineKind.LSM;
        assertThrows(IllegalArgumentException.class, () -> ReadOnlyStore.open(directory, options(other)));
        try (ReadOnlyStore store = ReadOnlyStore.open(directory, options(engine))) {
            UnsupportedOperationException refused =
                    assertThrows(UnsupportedOperationException.class, () -> store.put(key(1), Slice.EMPTY));
            assertThat(refused.getMessage(), containsString("was opened for reading only"));
        }
        Files.delete(directory.resolve("log").resolve("00000001.wal"));
        assertThrows(CorruptionException.class, () -> ReadOnlyStore.open(directory, options(engine)));
        assertThat("open files", disk.openFiles(), is(0));
    }

    @Test
    @DisplayName("a directory whose files and folders cannot be written to is read, on the real disk too")
    void readOnlyDirectory(@TempDir Path real) throws IOException {
        for (EngineKind engine : EngineKind.values()) {
            Path home = real.resolve(engine.name());
            try (DurableStore store = DurableStore.open(home, DurableOptions.defaults(engine))) {
                fill(store);
            }
            List<Path> all;
            try (Stream<Path> walk = Files.walk(home)) {
                all = walk.toList();
            }
            for (Path path : all) {
                String permissions = Files.isDirectory(path) ? "r-xr-xr-x" : "r--r--r--";
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
            }
            NavigableMap<String, String> before = contents(all);
            try (ReadOnlyStore store = ReadOnlyStore.open(home, DurableOptions.defaults(engine))) {
                assertFilled(store);
            }
            assertThat(contents(all), is(before));
            for (Path path : all) {
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
    }

    private static NavigableMap<String, String> contents(List<Path> paths) throws IOException {
        NavigableMap<String, String> contents = new TreeMap<>();
        for (Path path : paths) {
            contents.put(
                    path.toString(),
                    Files.isDirectory(path)
                            ? ""
                            : Files.getLastModifiedTime(path) + new String(Files.readAllBytes(path), UTF_8));
        }
        return contents;
    }
}
