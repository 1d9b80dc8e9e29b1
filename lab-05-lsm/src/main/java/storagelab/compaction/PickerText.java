package storagelab.compaction;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import storagelab.manifest.ManifestFormat;

/**
 * A picker as a line of text: a name and its numbers, by which a store remembers it.
 *
 * <table>
 *   <caption>Lines. On disk</caption>
 *   <tr><th>line</th><th>picker</th></tr>
 *   <tr><td>{@code leveled 4 10485760 10}</td><td>{@link LeveledPicker}: tables on level 0, bytes of level 1, factor</td></tr>
 *   <tr><td>{@code tiered 6 1 200}</td><td>{@link TieredPicker}: runs, ratio and space in percent</td></tr>
 *   <tr><td>{@code lazy-leveled 4 1}</td><td>{@link LazyLeveledPicker}: factor, runs of the last level</td></tr>
 *   <tr><td>{@code time-window 3600000 4}</td><td>{@link TimeWindowPicker}: milliseconds of a window, runs</td></tr>
 *   <tr><td>{@code none LEVELDB}</td><td>{@link NoCompaction}: format of the manifest</td></tr>
 *   <tr><td>{@code other org.example.MyPicker}</td><td>a picker of another class, which cannot be made from its name</td></tr>
 * </table>
 */
public final class PickerText {
    private static final String LEVELED = "leveled";
    private static final String TIERED = "tiered";
    private static final String LAZY_LEVELED = "lazy-leveled";
    private static final String TIME_WINDOW = "time-window";
    private static final String NONE = "none";
    private static final String OTHER = "other";

    private PickerText() {}

    /** The line of a picker. */
    public static String of(CompactionPicker picker) {
        if (picker instanceof LeveledPicker leveled) {
            return line(LEVELED, leveled.levelZeroTables(), leveled.baseBytes(), leveled.factor());
        }
        if (picker instanceof TieredPicker tiered) {
            return line(TIERED, tiered.runsMax(), tiered.ratioPercent(), tiered.spacePercent());
        }
        if (picker instanceof LazyLeveledPicker lazy) {
            return line(LAZY_LEVELED, lazy.factor(), lazy.lastRuns());
        }
        if (picker instanceof TimeWindowPicker windows) {
            return line(TIME_WINDOW, windows.windowMillis(), windows.minRuns());
        }
        if (picker instanceof NoCompaction none) {
            return NONE + " " + none.format();
        }
        return OTHER + " " + picker.getClass().getName();
    }

    /**
     * The picker that a line stands for; nothing if it is of another class than those of this package.
     *
     * @throws IllegalArgumentException if the line stands for none; the message says why
     */
    public static Optional<CompactionPicker> parse(String line) {
        List<String> words = Arrays.asList(line.split(" ", -1));
        int numbers = words.size() - 1;
        String name = words.get(0);
        if (name.equals(LEVELED) && numbers == 3) {
            return Optional.of(new LeveledPicker(small(words, 1), number(words, 2), small(words, 3)));
        }
        if (name.equals(TIERED) && numbers == 3) {
            return Optional.of(new TieredPicker(small(words, 1), small(words, 2), small(words, 3)));
        }
        if (name.equals(LAZY_LEVELED) && numbers == 2) {
            return Optional.of(new LazyLeveledPicker(small(words, 1), small(words, 2)));
        }
        if (name.equals(TIME_WINDOW) && numbers == 2) {
            return Optional.of(new TimeWindowPicker(number(words, 1), small(words, 2)));
        }
        if (name.equals(NONE) && numbers == 1) {
            return Optional.of(new NoCompaction(ManifestFormat.valueOf(words.get(1))));
        }
        if (name.equals(OTHER) && numbers == 1) {
            return Optional.empty();
        }
        throw new IllegalArgumentException("there is no picker '" + line + "'");
    }

    private static String line(String name, long... numbers) {
        StringBuilder line = new StringBuilder(name);
        for (long number : numbers) {
            line.append(' ').append(number);
        }
        return line.toString();
    }

    private static long number(List<String> words, int index) {
        return Long.parseLong(words.get(index));
    }

    private static int small(List<String> words, int index) {
        return Integer.parseInt(words.get(index));
    }
}
