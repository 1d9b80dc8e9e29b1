package storagelab.lsm;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import storagelab.api.CorruptionException;
import storagelab.api.Slice;
import storagelab.api.StorageIoException;
import storagelab.codec.Crc32c;
import storagelab.compaction.CompactionPicker;
import storagelab.compaction.LeveledPicker;
import storagelab.compaction.PickerText;
import storagelab.file.Directories;
import storagelab.file.StatsRecorder;
import storagelab.file.StoreFile;
import storagelab.manifest.LsmFileNames;

/**
 * How a store remembers the shape of its levels: the picker that it was last opened with for writing, in the file {@code
 * SHAPE}. Options that choose no picker take this one. Otherwise a store of a hundred time windows would be merged into one
 * run by the first program that opens it and does not know of the windows.
 *
 * <p>A store with {@link LeveledPicker#defaults} has no such file, and is LevelDB's to the last byte. LevelDB does not know
 * the file and leaves it alone.
 *
 * <p>Format: three lines, each with a line feed: {@code storagelab shape 1}, the picker as {@link PickerText}, and the
 * CRC-32C of the first two in hexadecimal digits. It is replaced by renaming a temporary file. No answer of the store
 * depends on it, only what is merged.
 */
public final class StoreShape {
    /** The name of the file. */
    public static final String NAME = "SHAPE";

    private static final String FIRST_LINE = "storagelab shape ";
    private static final String VERSION = "1";
    private static final String CHECKSUM = "checksum ";
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
        String text;
        try {
            text = new String(Files.readAllBytes(file), UTF_8);
        } catch (NoSuchFileException e) {
            return LeveledPicker.defaults();
        } catch (IOException e) {
            throw new StorageIoException("reading " + file, e);
        }
        List<String> lines = text.lines().toList();
        if (lines.size() != 3 || !text.equals(text(lines.get(0), lines.get(1)))) {
            throw new CorruptionException(
                    file, 0, "a shape of three lines, the last of which is their checksum", "\"" + text.strip() + "\"");
        }
        if (!lines.get(0).equals(FIRST_LINE + VERSION)) {
            throw refusal(directory, "it is \"" + lines.get(0) + "\", and this program knows version " + VERSION);
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
        byte[] wanted = text(FIRST_LINE + VERSION, PickerText.of(picker)).getBytes(UTF_8);
        Path temporary = LsmFileNames.temporary(directory, TEMPORARY);
        try {
            if (picker.equals(LeveledPicker.defaults())) {
                if (Files.deleteIfExists(file)) {
                    Directories.sync(directory, stats);
                }
                return;
            }
            if (Files.exists(file) && Slice.wrap(Files.readAllBytes(file)).equals(Slice.wrap(wanted))) {
                return;
            }
            Files.deleteIfExists(temporary);
            try (StoreFile created = StoreFile.create(temporary, stats)) {
                created.append(Slice.wrap(wanted));
                created.sync();
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new StorageIoException("writing " + file, e);
        }
        Directories.sync(directory, stats);
    }

    private static String text(String firstLine, String picker) {
        String said = firstLine + "\n" + picker + "\n";
        return said + CHECKSUM + "%08x".formatted(Crc32c.of(said.getBytes(UTF_8))) + "\n";
    }

    private static StorageIoException refusal(Path directory, String reason) {
        return new StorageIoException(
                "reading " + directory.resolve(NAME) + ", which says how the store is merged,",
                new IOException(reason));
    }
}
