package storagelab.lsm;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.api.MaintenanceKind;
import storagelab.compaction.CompactionPicker;
import storagelab.compaction.LazyLeveledPicker;
import storagelab.compaction.LeveledPicker;
import storagelab.compaction.TieredPicker;
import storagelab.compaction.TimeWindowPicker;
import storagelab.disk.CrashDisk;
import storagelab.testkit.StoreModel;
import storagelab.testkit.StoreSubject;

class LsmStoreModelTest {
    /** Memtables of a few entries, tables of a few blocks, levels that are soon too large. */
    static final LsmOptions TINY = LsmOptions.defaults()
            .withMemtableBytes(3000)
            .withTableBytes(1500)
            .withTable(LsmOptions.defaults().table().withBlockBytes(300))
            .withPicker(new LeveledPicker(2, 4000, 3))
            .withMaintenance(MaintenanceKind.FOREGROUND);

    @Test
    @DisplayName("three snapshots and three cursors of different moments agree with sorted maps of those moments")
    void snapshots() {
        check(TINY);
    }

    @Test
    @DisplayName("the same with flushes and merges in the background")
    void snapshotsAndBackgroundWork() {
        check(TINY.withMaintenance(MaintenanceKind.BACKGROUND));
    }

    @Test
    @DisplayName("the same with runs of like size merged, each a level of its own")
    void snapshotsAndTiers() {
        check(TINY.withPicker(TieredPicker.defaults()));
    }

    @Test
    @DisplayName("the same with many runs a level, the last one leveled")
    void snapshotsAndLazyLevels() {
        check(TINY.withPicker(new LazyLeveledPicker(2, 1)));
    }

    @Test
    @DisplayName("the same with many runs a level, none of them leveled")
    void snapshotsAndManyTiers() {
        check(TINY.withPicker(LazyLeveledPicker.tiering(3)));
    }

    @Test
    @DisplayName("the same with windows of time, which go by quickly, or are set back")
    void snapshotsAndWindows() {
        check(windows(new TickingClock()));
        AtomicLong calls = new AtomicLong();
        check(windows(() -> Instant.ofEpochMilli(1000 + 37 * calls.incrementAndGet() % 100)));
    }

    @Test
    @DisplayName("the same when the store has another picker each time it is opened")
    void snapshotsAndChangingPickers() {
        List<CompactionPicker> pickers = List.of(
                TINY.picker(), new LazyLeveledPicker(2, 1), TieredPicker.defaults(), new TimeWindowPicker(10, 2));
        AtomicInteger opened = new AtomicInteger();
        check(() ->
                TINY.withClock(new TickingClock()).withPicker(pickers.get(opened.getAndIncrement() % pickers.size())));
    }

    private static LsmOptions windows(InstantSource clock) {
        return TINY.withPicker(new TimeWindowPicker(10, 2)).withClock(clock);
    }

    /** A clock that goes on by a millisecond each time somebody looks at it. */
    static final class TickingClock implements InstantSource {
        private final AtomicLong millis = new AtomicLong(1_000_000);

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(millis.incrementAndGet());
        }
    }

    private static void check(LsmOptions options) {
        check(() -> options);
    }

    private static void check(Supplier<LsmOptions> options) {
        StoreModel.defaults()
                .withSnapshots(3)
                .withCursors(3)
                .withOperations(600)
                .check(
                        StoreSubject.of(
                                        "LSM tree",
                                        LsmStoreModelTest::newDirectory,
                                        at -> LsmStore.open(at, options.get()))
                                .flushing(LsmStore::flush)
                                .compacting(LsmStoreModelTest::compact)
                                .reopening(),
                        4);
    }

    private static void compact(LsmStore store) {
        store.verify();
        if (store.version().files().size() % 3 == 0) {
            store.compactAll();
        }
        store.verify();
    }

    private static Path newDirectory() {
        return CrashDisk.create().root().resolve("store");
    }
}
