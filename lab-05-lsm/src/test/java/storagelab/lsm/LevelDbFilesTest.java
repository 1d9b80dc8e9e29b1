package storagelab.lsm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.lsm.LevelDbDatabases.assumeNativeLevelDb;
import static storagelab.lsm.LevelDbDatabases.backward;
import static storagelab.lsm.LevelDbDatabases.expected;
import static storagelab.lsm.LevelDbDatabases.forward;
import static storagelab.lsm.LevelDbDatabases.readByLevelDb;
import static storagelab.lsm.LevelDbDatabases.useLegacyNames;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;
import org.fusesource.leveldbjni.JniDBFactory;
import org.iq80.leveldb.DB;
import org.iq80.leveldb.Options;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import storagelab.api.MaintenanceKind;
import storagelab.api.Slice;
import storagelab.compaction.CompactionPicker;
import storagelab.compaction.LazyLeveledPicker;
import storagelab.compaction.LeveledPicker;
import storagelab.compaction.TimeWindowPicker;
import storagelab.sstable.Compression;

/** Databases that go back and forth between C++ LevelDB and this store. */
class LevelDbFilesTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"snappy-bloom", "plain-compacted", "unclean-shutdown", "many-versions"})
    @DisplayName("what LevelDB has written is read, its log included, in both directions and key by key")
    void reads(String name) throws IOException {
        TreeMap<Slice, Slice> expected = expected(name);
        try (LsmStore store = LsmStore.open(copy(name), LsmOptions.defaults())) {
            assertEquals(expected, forward(store), "a walk through " + name);
            assertEquals(expected, backward(store), "a walk back through " + name);
            expected.forEach((key, value) -> assertEquals(Optional.of(value), store.get(key), "get(" + key + ")"));
            store.verify();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"snappy-bloom", "plain-compacted", "unclean-shutdown", "many-versions"})
    @DisplayName("LevelDB reads a database of its own that was written to, merged and closed here")
    void givesBack(String name) throws IOException {
        TreeMap<Slice, Slice> expected = expected(name);
        Path home = copy(name);
        LsmOptions options = LsmOptions.defaults()
                .withMemtableBytes(200_000)
                .withTable(LsmOptions.defaults().table().withCompression(Compression.SNAPPY));
        try (LsmStore store = LsmStore.open(home, options)) {
            int i = 0;
            for (Slice key : expected.keySet().toArray(Slice[]::new)) {
                if (i % 3 == 0) {
                    store.put(key, Slice.utf8("new " + i));
                    expected.put(key, Slice.utf8("new " + i));
                } else if (i % 5 == 0) {
                    store.delete(key);
                    expected.remove(key);
                }
                i++;
            }
            store.flush();
            store.put(Slice.utf8("zzz"), Slice.utf8("only in the log"));
            expected.put(Slice.utf8("zzz"), Slice.utf8("only in the log"));
        }
        assertEquals(expected, readByLevelDb(home), "what LevelDB finds in " + name);
    }

    @Test
    @DisplayName("a database that was made here is read by LevelDB, and written to, and read here again")
    void backAndForth() throws IOException {
        TreeMap<Slice, Slice> expected = new TreeMap<>();
        try (LsmStore store = LsmStore.open(directory, LsmOptions.defaults().withMemtableBytes(300_000))) {
            for (int i = 0; i < 10_000; i++) {
                Slice key = Slice.utf8("key" + (i * 7919 % 10_000));
                Slice value = Slice.utf8("value".repeat(i % 20) + i);
                store.put(key, value);
                expected.put(key, value);
            }
        }
        assertEquals(expected, readByLevelDb(directory), "what LevelDB finds");
        try (DB db = JniDBFactory.factory.open(directory.toFile(), new Options())) {
            for (int i = 0; i < 3000; i++) {
                db.put(("theirs" + i).getBytes(UTF_8), ("" + i).getBytes(UTF_8));
                expected.put(Slice.utf8("theirs" + i), Slice.utf8("" + i));
            }
            db.delete("key17".getBytes(UTF_8));
            expected.remove(Slice.utf8("key17"));
        }
        try (LsmStore store = LsmStore.open(directory, LsmOptions.defaults())) {
            assertEquals(expected, forward(store), "what is there after LevelDB has written");
            store.verify();
        }
    }

    @ParameterizedTest
    @MethodSource("pickersOfOtherShapes")
    @DisplayName(
            "LevelDB refuses a database with many runs a level for its name, and reads it when everything was merged")
    void manyRuns(CompactionPicker picker) throws IOException {
        TreeMap<Slice, Slice> expected = new TreeMap<>();
        LsmOptions small = LsmOptions.defaults()
                .withMemtableBytes(50_000)
                .withPicker(picker)
                .withMaintenance(MaintenanceKind.FOREGROUND);
        try (LsmStore store = LsmStore.open(directory, small)) {
            for (int i = 0; i < 9000 || store.version().fitsLevelDb(); i++) {
                Slice key = Slice.utf8("key" + (i * 7919L % 20_000));
                store.put(key, Slice.utf8("value" + i));
                expected.put(key, Slice.utf8("value" + i));
                if (i % 7 == 0) {
                    store.delete(key);
                    expected.remove(key);
                }
            }
        }
        assertCopyIsRefused();
        try (LsmStore store = LsmStore.open(directory, small)) { // begins a manifest that says all tables at once
            assertFalse(store.version().fitsLevelDb());
        }
        assertCopyIsRefused();

        try (LsmStore store = LsmStore.open(directory, small.withPicker(LeveledPicker.defaults()))) {
            store.compactAll();
            assertEquals(expected, forward(store), "after the full compaction");
            assertEquals(1, store.version().runs().size(), "runs");
        }
        assertEquals(expected, readByLevelDb(directory), "what LevelDB finds");
    }

    private void assertCopyIsRefused() throws IOException {
        Path refused = Files.createDirectory(directory.resolve("refused"));
        copyFiles(directory, refused);
        assertRefusedByLevelDb(refused);
        PathUtils.deleteDirectory(refused);
    }

    private static Stream<CompactionPicker> pickersOfOtherShapes() {
        return Stream.of(new LazyLeveledPicker(3, 1), LazyLeveledPicker.tiering(3), new TimeWindowPicker(3_600_000, 3));
    }

    private static void copyFiles(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private static void assertRefusedByLevelDb(Path home) throws IOException {
        assumeNativeLevelDb();
        useLegacyNames(home);
        Options options = new Options().createIfMissing(false);
        IOException thrown = assertThrows(
                IOException.class,
                () -> JniDBFactory.factory.open(home.toFile(), options).close());
        assertThat(thrown.getMessage(), containsString("storagelab.BytewiseComparator.runs"));
    }

    /** A copy that may be written to. */
    private Path copy(String name) throws IOException {
        LevelDbDatabases.copy(name, directory);
        return directory;
    }
}
