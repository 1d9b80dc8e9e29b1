package storagelab.lsm;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import storagelab.api.CorruptionException;
import storagelab.api.StorageIoException;
import storagelab.compaction.CompactionPicker;
import storagelab.compaction.LeveledPicker;
import storagelab.compaction.PickerText;
import storagelab.file.Directories;
import storagelab.file.SealedText;
import storagelab.file.StatsRecorder;
import storagelab.manifest.LsmFileNames;

/**
 * How a store remembers the shape of its levels: the picker that it was last opened with for writing, in the file {@code
 * SHAPE}. Options that choose no picker take this one. Otherwise a store of a hundred time windows would be merged into one
 * run by the first program that opens it and does not know of the windows.
 *
 * <p>A store with {@link LeveledPicker#defaults} has no such file, and is LevelDB's to the last byte. LevelDB does not know
 * the file and leaves it alone.
 *
 * <p>Format: a {@link SealedText} with the lines {@code storagelab shape 1} and the picker as {@link PickerText}. No answer
 * of the store depends on it, only what is merged.
 */
public final class StoreShape {
    /** The name of the file. */
    public static final String NAME = "SHAPE";

    private static final String FIRST_LINE = "storagelab shape ";
    private static final String VERSION = "1";
    private static final long TEMPORARY = 0; // a number that no file of a store has

    private StoreShape() {}

    /**
     * The picker that the store in {@code directory} remembers; the leveled one if it remembers none.
     *
     * @throws CorruptionException if the file is not what was written
     * @throws StorageIoException if it cannot be read, is of a newer format, or says a picker that only the program has
     *     that made the store
     */
    public static CompactionPicker recall(Path directory) {
        Path file = directory.resolve(NAME);
        Optional<List<String>> read = SealedText.read(file, "a shape");
        if (read.isEmpty()) {
            return LeveledPicker.defaults();
        }
        List<String> lines = read.get();
        if (!lines.get(0).equals(FIRST_LINE + VERSION)) {
            throw refusal(directory, "it is \"" + lines.get(0) + "\", and this program knows version " + VERSION);
        }
        if (lines.size() != 2) {
            throw new CorruptionException(file, 0, "a shape of two lines before the checksum", lines.size() + " lines");
        }
        try {
            return PickerText.parse(lines.get(1))
                    .orElseThrow(() -> refusal(
                            directory, "the picker is \"" + lines.get(1) + "\": open it with options that choose it"));
        } catch (IllegalArgumentException e) {
            throw refusal(directory, String.valueOf(e.getMessage()));
        }
    }

    /** {@code options}, with the picker that the store remembers if they choose none. */
    static LsmOptions completed(Path directory, LsmOptions options) {
        return options.choosesPicker() ? options : options.withPicker(recall(directory));
    }

    /** Lets the store remember {@code picker}, which is on the disk when this returns. Writes nothing if it does so already. */
    static void remember(Path directory, CompactionPicker picker, StatsRecorder stats) {
        Path file = directory.resolve(NAME);
        List<String> wanted = List.of(FIRST_LINE + VERSION, PickerText.of(picker));
        try {
            if (picker.equals(LeveledPicker.defaults())) {
                if (Files.deleteIfExists(file)) {
                    Directories.sync(directory, stats);
                }
                return;
            }
            if (Files.exists(file) && SealedText.sealed(wanted).equals(new String(Files.readAllBytes(file), UTF_8))) {
                return;
            }
        } catch (IOException e) {
            throw new StorageIoException("writing " + file, e);
        }
        SealedText.replace(file, LsmFileNames.temporary(directory, TEMPORARY), wanted, stats);
    }

    private static StorageIoException refusal(Path directory, String reason) {
        return new StorageIoException(
                "reading " + directory.resolve(NAME) + ", which says how the store is merged,",
                new IOException(reason));
    }
}
