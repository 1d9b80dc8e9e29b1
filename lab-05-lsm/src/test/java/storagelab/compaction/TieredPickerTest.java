package storagelab.compaction;

import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.manifest.Version;

@Tag("5.10")
class TieredPickerTest {
    private static final CompactionPicker.State NO_POINTERS = CompactionPicker.State.initial();

    @Test
    @DisplayName("the worked example, and each of the three rules; the result goes to right above what stays")
    void tiered() {
        TieredPicker picker = new TieredPicker(4, 1, 200);
        Version example = new Tables()
                .flushed(10, 0)
                .flushed(10, 0)
                .flushed(10, 0)
                .run(5, 0, 35, 0)
                .run(6, 0, 400, 0)
                .version();
        assertPicks(picker, example, "size", 3, 4);
        Version number = new Tables()
                .flushed(10, 0)
                .run(4, 0, 30, 0)
                .run(5, 0, 35, 0)
                .run(6, 0, 400, 0)
                .version();
        assertPicks(picker, number, "number", 2, 5);
        Version space = new Tables()
                .flushed(10, 0)
                .run(4, 0, 900, 0)
                .run(5, 0, 35, 0)
                .run(6, 0, 400, 0)
                .version();
        assertPicks(picker, space, "space", 4, 6);
        Version older = new Tables()
                .flushed(10, 0)
                .run(4, 0, 40, 0)
                .run(5, 0, 35, 0)
                .run(6, 0, 400, 0)
                .version();
        assertPicks(picker, older, "size", 2, 5);
        assertNull(picker.pick(new Tables().flushed(1, 0).version(), NO_POINTERS));
    }

    @Test
    @DisplayName("where there is no level for the result, a run moves down; without a gap it is merged, too")
    void room() {
        Version gap = new Tables()
                .flushed(10, 0)
                .flushed(10, 0)
                .run(1, 0, 100, 0)
                .run(6, 0, 400, 0)
                .version();
        assertPicks(new TieredPicker(4, 1, 200), gap, "room", 1, 5);
        Tables full = new Tables().flushed(10, 0).flushed(10, 0);
        for (int level = 1; level <= 6; level++) {
            full.run(level, 0, 25L << (2 * level), 0);
        }
        assertPicks(TieredPicker.defaults(), full.version(), "size", 3, 1);
    }

    @Test
    @DisplayName("levels with many runs, which another picker has left, are merged into one run first")
    void shape() {
        Version runs =
                new Tables().flushed(10, 0).run(1, 9, 10, 0).run(1, 8, 10, 0).version();
        assertPicks(TieredPicker.defaults(), runs, "shape", 3, 6);
    }

    @Test
    @DisplayName(
            "with the largest ratio all runs are of like size: a hundred percent more once wrapped to less than none")
    void largestRatio() {
        Version version = new Tables()
                .flushed(10, 0)
                .run(3, 0, 100, 0)
                .run(4, 0, 1000, 0)
                .run(6, 0, 9000, 0)
                .version();
        assertPicks(new TieredPicker(4, Integer.MAX_VALUE, 200), version, "size", 4, 6);
    }

    private static void assertPicks(
            CompactionPicker picker, Version version, String reason, int files, int outputLevel) {
        Tables.assertPicked(Tables.pick(picker, version, NO_POINTERS), reason, files, outputLevel);
    }
}
