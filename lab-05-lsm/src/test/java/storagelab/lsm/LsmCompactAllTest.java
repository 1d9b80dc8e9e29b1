package storagelab.lsm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import storagelab.api.MaintenanceKind;
import storagelab.api.Slice;
import storagelab.api.Snapshot;
import storagelab.compaction.CompactionPicker;
import storagelab.compaction.LazyLeveledPicker;
import storagelab.compaction.LeveledPicker;
import storagelab.compaction.TieredPicker;
import storagelab.compaction.TimeWindowPicker;
import storagelab.disk.CrashDisk;
import storagelab.manifest.FileMetadata;
import storagelab.manifest.Version;

class LsmCompactAllTest {
    private static final int KEYS = 500;

    private final Path home = CrashDisk.create().root();

    private static Stream<CompactionPicker> pickers() {
        return Stream.of(
                new LeveledPicker(2, 4000, 3),
                TieredPicker.defaults(),
                new TimeWindowPicker(10, 2),
                new LazyLeveledPicker(2, 1));
    }

    private LsmStore open(CompactionPicker picker) {
        return LsmStore.open(
                home, LsmStoreModelTest.TINY.withPicker(picker).withClock(new LsmStoreModelTest.TickingClock()));
    }

    private static Slice key(int number) {
        return Slice.utf8("key%04d".formatted(number));
    }

    private static void putAll(LsmStore store, String value) {
        for (int i = 0; i < KEYS; i++) {
            store.put(key(i), Slice.utf8(value + i));
        }
    }

    @ParameterizedTest
    @MethodSource("pickers")
    @DisplayName("everything is one run on the last level; what only a snapshot sees stays until it is closed")
    void oneRun(CompactionPicker picker) {
        try (LsmStore store = open(picker)) {
            putAll(store, "old");
            try (Snapshot snapshot = store.snapshot()) {
                for (int i = 0; i < KEYS; i++) {
                    store.delete(key(i));
                }
                store.compactAll();
                Version version = store.version();
                assertEquals(1, version.runs().size(), "runs of " + version);
                assertEquals(Version.LEVELS - 1, version.runs().get(0).level());
                assertEquals(FileMetadata.ONLY_RUN, version.runs().get(0).number());
                assertEquals(Optional.of(Slice.utf8("old7")), snapshot.get(key(7)));
                assertEquals(Optional.empty(), store.get(key(7)));
                store.verify();
            }
            store.compactAll();
            assertEquals(0, store.version().files().size(), "nobody can see anything that was there");
            store.compactAll();
            putAll(store, "new");
            store.flush();
            assertEquals(Optional.of(Slice.utf8("new7")), store.get(key(7)));
            store.verify();
        }
    }

    @Test
    @DisplayName("with a picker of LevelDB's shape a store with many runs is merged into one as soon as it is opened")
    void shape() {
        LsmOptions lazy = LsmStoreModelTest.TINY.withPicker(LazyLeveledPicker.tiering(4));
        try (LsmStore store = LsmStore.open(home, lazy)) {
            putAll(store, "value");
            assertFalse(store.version().fitsLevelDb(), store.version().toString());
        }
        for (MaintenanceKind kind : MaintenanceKind.values()) {
            LsmOptions leveled = LsmStoreModelTest.TINY.withMaintenance(kind);
            try (LsmStore store = LsmStore.open(home, leveled)) {
                store.flush();
                assertTrue(store.version().fitsLevelDb(), store.version().toString());
                assertEquals(Optional.of(Slice.utf8("value7")), store.get(key(7)));
                store.verify();
            }
        }
    }
}
