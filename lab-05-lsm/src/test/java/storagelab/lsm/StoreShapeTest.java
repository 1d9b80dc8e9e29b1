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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import storagelab.api.CorruptionException;
import storagelab.api.Slice;
import storagelab.api.StorageIoException;
import storagelab.compaction.Compaction;
import storagelab.compaction.CompactionPicker;
import storagelab.compaction.LazyLeveledPicker;
import storagelab.compaction.LeveledPicker;
import storagelab.compaction.NoCompaction;
import storagelab.compaction.PickerText;
import storagelab.compaction.TieredPicker;
import storagelab.compaction.TimeWindowPicker;
import storagelab.disk.CrashDisk;
import storagelab.disk.CrashExplorer;
import storagelab.disk.CrashExplorerOptions;
import storagelab.manifest.ManifestFormat;
import storagelab.manifest.Version;

class StoreShapeTest {
    private static final int WINDOWS = 18;
    private static final long HOUR_MILLIS = 3_600_000;

    private final CrashDisk disk = CrashDisk.create();
    private final Path home = disk.root().resolve("store");

    @Test
    @DisplayName(
            "a get merged 18 time windows into one table: the tables stay, opened to read, to write, and to write again")
    void aGetMergedTimeWindows() throws IOException {
        makeWindows(home);
        TreeMap<String, Slice> before = files(home);
        try (LsmStore store = LsmStore.openReadOnly(home, LsmOptions.defaults())) {
            assertEquals(WINDOWS, store.version().runs().size(), "runs");
            assertEquals(Optional.of(Slice.utf8("5")), store.get(Slice.utf8("hour 5")));
            store.verify();
        }
        assertEquals(before, files(home), "files after reading");
        for (int i = 0; i < 2; i++) {
            try (LsmStore store = LsmStore.open(home, LsmOptions.defaults())) {
                store.put(Slice.utf8("later"), Slice.utf8("" + i));
                store.verify();
            }
        }
        before.keySet().removeIf(name -> !name.endsWith(".ldb"));
        TreeMap<String, Slice> after = files(home);
        after.keySet().removeIf(name -> !name.endsWith(".ldb"));
        assertEquals(WINDOWS, before.size(), "tables");
        assertEquals(before, after, "tables after writing");
        try (LsmStore store = LsmStore.open(home, LsmOptions.defaults())) {
            store.flush();
            assertEquals(WINDOWS + 1, store.version().runs().size(), "runs after a flush");
        }
        assertEquals(new TimeWindowPicker(HOUR_MILLIS, 4), StoreShape.recall(home));
    }

    @ParameterizedTest
    @MethodSource("pickers")
    @DisplayName("every picker is remembered with its numbers, until options choose another one")
    void remembers(CompactionPicker picker) {
        LsmStore.open(home, LsmOptions.defaults().withPicker(picker)).close();
        assertEquals(picker, StoreShape.recall(home));
        LsmStore.open(home, LsmOptions.defaults()).close();
        LsmStore.openReadOnly(home, LsmOptions.defaults().withPicker(TieredPicker.defaults()))
                .close();
        assertEquals(picker, StoreShape.recall(home), "after opening without a choice");
        LsmStore.open(home, LsmOptions.defaults().withPicker(LeveledPicker.defaults()))
                .close();
        assertEquals(LeveledPicker.defaults(), StoreShape.recall(home));
        assertFalse(Files.exists(home.resolve(StoreShape.NAME)), "a file SHAPE of a store in LevelDB's own shape");
    }

    static Stream<CompactionPicker> pickers() {
        return Stream.of(
                LeveledPicker.defaults(),
                new LeveledPicker(2, 5_000_000_000L, 3),
                TieredPicker.defaults(),
                new TieredPicker(3, 20, 100),
                new LazyLeveledPicker(5, 2),
                new TimeWindowPicker(86_400_000L * 365, 3),
                new NoCompaction(),
                new NoCompaction(ManifestFormat.RUNS));
    }

    @Test
    @DisplayName("the file is what notes/formats/shape.md says, byte for byte")
    void format() throws IOException {
        LsmStore.open(home, LsmOptions.defaults().withPicker(new TimeWindowPicker(HOUR_MILLIS, 4)))
                .close();
        assertEquals(
                "storagelab shape 1\ntime-window 3600000 4\nchecksum 40e9f3d7\n",
                Files.readString(home.resolve(StoreShape.NAME)));
    }

    @Test
    @DisplayName(
            "a picker of a class that is not here is refused when it is not chosen, with its name; reading needs none")
    void pickerOfAnotherClass() {
        CompactionPicker mine = new Mine();
        try (LsmStore store = LsmStore.open(home, LsmOptions.defaults().withPicker(mine))) {
            store.put(Slice.utf8("a"), Slice.utf8("1"));
        }
        StorageIoException refused =
                assertThrows(StorageIoException.class, () -> LsmStore.open(home, LsmOptions.defaults()));
        assertThat(refused.getMessage(), containsString("SHAPE"));
        assertThat(refused.getMessage(), containsString(Mine.class.getName()));
        assertEquals(0, disk.openFiles(), "open files");
        try (LsmStore store = LsmStore.openReadOnly(home, LsmOptions.defaults())) {
            assertEquals(Optional.of(Slice.utf8("1")), store.get(Slice.utf8("a")));
        }
        LsmStore.open(home, LsmOptions.defaults().withPicker(mine)).close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "storagelab shape 1\n",
                "nothing",
                "storagelab shape 1\ntime-window 3600001 4\nchecksum 40e9f3d7\n"
            })
    @DisplayName("a damaged file is corruption with its name when nothing is chosen; a choice replaces it")
    void damaged(String text) throws IOException {
        makeWindows(home);
        Files.writeString(home.resolve(StoreShape.NAME), text);
        CorruptionException thrown =
                assertThrows(CorruptionException.class, () -> LsmStore.open(home, LsmOptions.defaults()));
        assertThat(thrown.file(), containsString("SHAPE"));
        LsmStore.openReadOnly(home, LsmOptions.defaults()).close();
        LsmOptions chosen = LsmOptions.defaults().withPicker(new TimeWindowPicker(HOUR_MILLIS, 4));
        try (LsmStore store = LsmStore.open(home, chosen)) {
            assertEquals(WINDOWS, store.version().runs().size(), "runs");
        }
        assertEquals(chosen.picker(), StoreShape.recall(home));
    }

    @Test
    @DisplayName("lines that stand for no picker are refused")
    void noPicker() {
        for (String line : new String[] {
            "", "leveled", "leveled 1 2", "tiered 1 1 1", "none RUINS", "time-window x 4", "windows 1 2"
        }) {
            assertThrows(IllegalArgumentException.class, () -> PickerText.parse(line), line);
        }
    }

    @Test
    @DisplayName("whenever the power is cut while a shape is changed, the store has the old one or the new one")
    void powerCuts() throws Exception {
        TimeWindowPicker first = new TimeWindowPicker(HOUR_MILLIS, 4);
        LazyLeveledPicker second = LazyLeveledPicker.defaults();
        CrashExplorer.explore(
                CrashExplorerOptions.defaults().withSeed(1),
                cut -> {
                    Path store = cut.root().resolve("store");
                    LsmStore.open(store, LsmOptions.defaults().withPicker(first))
                            .close();
                    cut.ack(first);
                    LsmStore.open(store, LsmOptions.defaults().withPicker(second))
                            .close();
                    cut.ack(second);
                },
                crash -> {
                    List<Object> acknowledged = crash.acknowledged();
                    CompactionPicker recalled = StoreShape.recall(crash.root().resolve("store"));
                    switch (acknowledged.size()) {
                        case 0 ->
                            assertTrue(List.of(LeveledPicker.defaults(), first).contains(recalled), "" + recalled);
                        case 1 -> assertTrue(List.of(first, second).contains(recalled), "" + recalled);
                        default -> assertEquals(second, recalled);
                    }
                });
    }

    @Test
    @DisplayName("LevelDB leaves the file alone, and reads a tiered store that has it")
    void levelDbLeavesItAlone(@TempDir Path real) throws IOException {
        LsmOptions tiered = LsmOptions.defaults().withPicker(TieredPicker.defaults());
        try (LsmStore store = LsmStore.open(real, tiered)) {
            store.put(Slice.utf8("a"), Slice.utf8("1"));
        }
        TreeMap<Slice, Slice> found = LevelDbDatabases.readByLevelDb(real);
        assertEquals(new TreeMap<>(Map.of(Slice.utf8("a"), Slice.utf8("1"))), found);
        assertEquals(TieredPicker.defaults(), StoreShape.recall(real));
    }

    private record Mine() implements CompactionPicker {
        @Override
        public @Nullable Compaction pick(Version version, State state) {
            return new NoCompaction().pick(version, state);
        }

        @Override
        public int levelZeroTables() {
            return 4;
        }
    }

    /** A store with one run for each of many hours. */
    private static void makeWindows(Path directory) {
        long[] now = {Instant.parse("2026-01-01T00:30:00Z").toEpochMilli()};
        LsmOptions options = LsmOptions.defaults()
                .withPicker(new TimeWindowPicker(HOUR_MILLIS, 4))
                .withClock(() -> Instant.ofEpochMilli(now[0]));
        try (LsmStore store = LsmStore.open(directory, options)) {
            for (int hour = 0; hour < WINDOWS; hour++) {
                store.put(Slice.utf8("hour " + hour), Slice.utf8("" + hour));
                store.flush();
                now[0] += HOUR_MILLIS;
            }
            store.flush(); // the last window is closed by now
        }
    }

    private static TreeMap<String, Slice> files(Path directory) throws IOException {
        TreeMap<String, Slice> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                contents.put(file.getFileName().toString(), Slice.wrap(Files.readAllBytes(file)));
            }
        }
        return contents;
    }
}
