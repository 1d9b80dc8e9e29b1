package storagelab.grader.endurance;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import storagelab.api.MaintenanceKind;
import storagelab.compaction.LazyLeveledPicker;
import storagelab.compaction.LeveledPicker;
import storagelab.compaction.TieredPicker;
import storagelab.compaction.TimeWindowPicker;
import storagelab.lsm.LsmOptions;

/** Log-structured merge trees so small that everything in them happens all the time. */
final class SmallLsm {
    /** With LevelDB's picker; flushes and merges are a part of the writes. */
    static final LsmOptions LEVELED = LsmOptions.defaults()
            .withMemtableBytes(8000)
            .withTableBytes(1500)
            .withTable(LsmOptions.defaults().table().withBlockBytes(300))
            .withPicker(new LeveledPicker(2, 4000, 3))
            .withMaintenance(MaintenanceKind.FOREGROUND);

    private SmallLsm() {}

    /** The same with each kind of picker. */
    static List<LsmOptions> withEachPicker() {
        AtomicLong millis = new AtomicLong();
        return List.of(
                LEVELED,
                LEVELED.withPicker(TieredPicker.defaults()),
                LEVELED.withPicker(new LazyLeveledPicker(2, 1)),
                LEVELED.withPicker(new TimeWindowPicker(10, 2))
                        .withClock(() -> Instant.ofEpochMilli(millis.incrementAndGet())));
    }
}
