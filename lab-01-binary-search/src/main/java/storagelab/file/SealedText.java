package storagelab.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import storagelab.api.CorruptionException;
import storagelab.api.Slice;
import storagelab.api.StorageIoException;
import storagelab.codec.Crc32c;

/**
 * A small text file of a store that people can read, and whose damage is noticed: lines, and as the last one the checksum of
 * those before it.
 *
 * <p>Format: UTF-8, each line with a line feed; the last one is {@code checksum} and the CRC-32C of all bytes before it, as eight
 * hexadecimal digits. The first line says what the file is and its version, so that a program can refuse a newer version before
 * it looks at the other lines.
 *
 * <p>Example: {@code storagelab shape 1}, {@code time-window 3600000 4}, {@code checksum 40e9f3d7}.
 */
public final class SealedText {
    private static final String CHECKSUM = "checksum ";

    private SealedText() {}

    /**
     * The lines of {@code file} without the checksum, one or more; nothing if there is no such file.
     *
     * @param what the file has, for the message about damage: {@code "a shape"}
     * @throws CorruptionException if the checksum is not right
     */
    public static Optional<List<String>> read(Path file, String what) {
        String text;
        try {
            text = new String(Files.readAllBytes(file), UTF_8);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new StorageIoException("reading " + file, e);
        }
        List<String> lines = text.lines().toList();
        List<String> said = lines.subList(0, Math.max(0, lines.size() - 1));
        if (said.isEmpty() || !text.equals(sealed(said))) {
            throw new CorruptionException(
                    file, 0, what + " whose last line is the checksum of the others", "\"" + text.strip() + "\"");
        }
        return Optional.of(said);
    }

    /** The text of a file with these lines. */
    public static String sealed(List<String> lines) {
        String said = String.join("\n", lines) + "\n";
        return said + CHECKSUM + "%08x".formatted(Crc32c.of(said.getBytes(UTF_8))) + "\n";
    }

    /**
     * Gives {@code file} these lines, which are on the disk when this returns. After a crash the file has its old lines, or the new
     * ones, or is not there if it was not there before.
     *
     * @param temporary a file in the same directory that is written first and then renamed; if it exists, it is replaced
     */
    public static void replace(Path file, Path temporary, List<String> lines, StatsRecorder stats) {
        StoreFile.delete(temporary);
        try (StoreFile created = StoreFile.create(temporary, stats)) {
            created.append(Slice.utf8(sealed(lines)));
            created.sync();
        }
        try {
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new StorageIoException("renaming " + temporary, e);
        }
        Path parent = file.getParent();
        if (parent != null) {
            Directories.sync(parent, stats);
        }
    }
}
