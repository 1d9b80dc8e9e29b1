package storagelab.adaptive;

import storagelab.compaction.CompactionPicker;
import storagelab.compaction.LazyLeveledPicker;
import storagelab.compaction.LeveledPicker;
import storagelab.compaction.TimeWindowPicker;

/** A shape that an LSM tree can have. */
public enum TreeShape {
    /** Each level is one run: few runs to read, much to write. */
    LEVELED,
    /** Each level has up to T runs: little to write, many runs to read, and old versions stay long. */
    TIERED,
    /** The last level is one run, the others have up to T. */
    LAZY_LEVELED,
    /** Each window of time is a run, which expires as a whole. */
    TIME_WINDOW;

    /**
     * The picker of lab 5 that leads to this shape.
     *
     * @throws IllegalArgumentException if this is {@link #TIME_WINDOW} and the options say of no window
     */
    public CompactionPicker picker(AdaptiveOptions options) {
        int factor = options.factor();
        return switch (this) {
            case LEVELED -> new LeveledPicker(1, factor * options.flushBytes(), factor);
            case TIERED -> LazyLeveledPicker.tiering(factor);
            case LAZY_LEVELED -> new LazyLeveledPicker(factor, 1);
            case TIME_WINDOW -> new TimeWindowPicker(options.windowMillis(), factor);
        };
    }
}
