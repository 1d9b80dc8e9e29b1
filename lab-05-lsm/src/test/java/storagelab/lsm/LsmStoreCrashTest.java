package storagelab.lsm;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.api.MaintenanceKind;
import storagelab.compaction.CompactionPicker;
import storagelab.compaction.LazyLeveledPicker;
import storagelab.compaction.TieredPicker;
import storagelab.compaction.TimeWindowPicker;
import storagelab.testkit.CrashTrial;
import storagelab.testkit.SnapshotSubject;

class LsmStoreCrashTest {
    /** Of each of the five shapes; the audit tries thousands of crashes. */
    private static final int ROUNDS = 1;

    private static final LsmOptions SMALL = LsmStoreModelTest.TINY.withMemtableBytes(8000);

    @Test
    @DisplayName(
            "whenever the power is cut, every SYNCED write is there and a prefix of the others, batches whole, and tables fit")
    void everyCrash() {
        CrashTrial.check(subject(SMALL), ROUNDS);
    }

    @Test
    @DisplayName("the same with flushes and merges in the background, of runs of like size")
    void everyCrashWithBackgroundWork() {
        CrashTrial.check(
                subject(SMALL.withPicker(TieredPicker.defaults()).withMaintenance(MaintenanceKind.BACKGROUND)), ROUNDS);
    }

    @Test
    @DisplayName("the same with many runs a level, the last one leveled, in a manifest of our own")
    void everyCrashWithLazyLevels() {
        CrashTrial.check(subject(SMALL.withPicker(new LazyLeveledPicker(2, 1))), ROUNDS);
    }

    @Test
    @DisplayName("the same with windows of time")
    void everyCrashWithWindows() {
        CrashTrial.check(
                subject(SMALL.withPicker(new TimeWindowPicker(10, 2)).withClock(new LsmStoreModelTest.TickingClock())),
                ROUNDS);
    }

    @Test
    @DisplayName(
            "the same when the store has another picker each time it is opened, so that the manifest changes its format")
    void everyCrashWithChangingPickers() {
        AtomicInteger opened = new AtomicInteger();
        List<CompactionPicker> pickers = List.of(
                new LazyLeveledPicker(2, 1), SMALL.picker(), LazyLeveledPicker.tiering(2), new TieredPicker(3, 1, 200));
        CrashTrial.check(
                new CrashTrial.Subject<LsmStore>() {
                    @Override
                    public LsmStore open(Path directory) {
                        return LsmStore.open(
                                directory, SMALL.withPicker(pickers.get(opened.getAndIncrement() % pickers.size())));
                    }

                    @Override
                    public void verify(LsmStore store, Path directory) {
                        store.verify();
                        store.compactAll();
                        store.verify();
                    }
                },
                ROUNDS);
    }

    private static SnapshotSubject<LsmStore> subject(LsmOptions options) {
        return new SnapshotSubject<>(directory -> LsmStore.open(directory, options), LsmStore::verify);
    }
}
