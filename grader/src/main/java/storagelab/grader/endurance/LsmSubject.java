package storagelab.grader.endurance;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import storagelab.compaction.LazyLeveledPicker;
import storagelab.compaction.LeveledPicker;
import storagelab.compaction.TieredPicker;
import storagelab.compaction.TimeWindowPicker;
import storagelab.lsm.LsmOptions;
import storagelab.lsm.LsmStore;
import storagelab.sortedlog.MaintenanceKind;
import storagelab.testkit.CrashTrial;
import storagelab.testkit.HeldSnapshot;

/**
 * A log-structured merge tree so small that everything in it happens all the time.
 *
 * @param options how it is built
 */
record LsmSubject(LsmOptions options) implements CrashTrial.Subject<LsmStore> {
    private static final LsmOptions SMALL = LsmOptions.defaults()
            .withMemtableBytes(8000)
            .withTableBytes(1500)
            .withTable(LsmOptions.defaults().table().withBlockBytes(300))
            .withPicker(new LeveledPicker(2, 4000, 3))
            .withMaintenance(MaintenanceKind.FOREGROUND);

    /** One with each kind of picker; flushes and merges are a part of the writes. */
    static List<LsmSubject> withEachPicker() {
        AtomicLong millis = new AtomicLong();
        return List.of(
                new LsmSubject(SMALL),
                new LsmSubject(SMALL.withPicker(TieredPicker.defaults())),
                new LsmSubject(SMALL.withPicker(new LazyLeveledPicker(2, 1))),
                new LsmSubject(SMALL.withPicker(new TimeWindowPicker(10, 2))
                        .withClock(() -> Instant.ofEpochMilli(millis.incrementAndGet()))));
    }

    /** This one, with flushes and merges on threads of their own. */
    LsmSubject inBackground() {
        return new LsmSubject(options.withMaintenance(MaintenanceKind.BACKGROUND));
    }

    @Override
    public LsmStore open(Path directory) {
        return LsmStore.open(directory, options);
    }

    @Override
    public void verify(LsmStore store, Path directory) {
        store.verify();
    }

    @Override
    public Optional<CrashTrial.Moment> hold(LsmStore store) {
        return Optional.of(new HeldSnapshot(store.snapshot()));
    }
}
