package storagelab.recovery;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import storagelab.api.CorruptionException;
import storagelab.api.Slice;
import storagelab.api.StorageIoException;
import storagelab.codec.Crc32c;
import storagelab.file.Directories;
import storagelab.file.StatsRecorder;
import storagelab.file.StoreFile;

/**
 * The file {@code FORMAT} of a durable store: which engine it has, and the version of its files. It is written last when a
 * store is created: a directory without it has no store yet.
 *
 * <p>Format: three lines, each with a line feed: {@code storagelab durable store 1}, {@code engine btree} or {@code engine lsm},
 * and the CRC-32C of the first two in hexadecimal digits.
 */
final class StoreFormat {
    /** The name of the file. */
    static final String NAME = "FORMAT";

    private static final String FIRST_LINE = "storagelab durable store ";
    private static final String VERSION = "1";
    private static final String ENGINE = "engine ";
    private static final String CHECKSUM = "checksum ";

    private StoreFormat() {}

    /**
     * The engine of the store in {@code directory}; nothing if there is no store.
     *
     * @throws CorruptionException if the file is damaged, or was written by a newer program
     */
    static Optional<EngineKind> read(Path directory) {
        Path file = directory.resolve(NAME);
        String text;
        try {
            text = new String(Files.readAllBytes(file), UTF_8);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new StorageIoException("reading " + file, e);
        }
        List<String> lines = text.lines().toList();
        if (lines.size() != 3 || !text.equals(withChecksum(lines.get(0), lines.get(1)))) {
            throw new CorruptionException(
                    file,
                    0,
                    "a format of three lines, the last of which is their checksum",
                    "\"" + text.strip() + "\"");
        }
        if (!lines.get(0).equals(FIRST_LINE + VERSION)) {
            throw CorruptionException.unknownFormat(
                    file, 0, "\"" + lines.get(0) + "\"; this program knows version " + VERSION);
        }
        return Optional.of(Arrays.stream(EngineKind.values())
                .filter(kind -> engineLine(kind).equals(lines.get(1)))
                .findFirst()
                .orElseThrow(() -> CorruptionException.unknownFormat(
                        file, 0, "\"" + lines.get(1) + "\", which this program does not know")));
    }

    /** Writes the file, which is on the disk when this returns. */
    static void write(Path directory, EngineKind engine, StatsRecorder stats) {
        Path file = directory.resolve(NAME);
        Path temporary = directory.resolve(NAME + ".tmp");
        StoreFile.delete(temporary);
        try (StoreFile created = StoreFile.create(temporary, stats)) {
            created.append(Slice.utf8(withChecksum(FIRST_LINE + VERSION, engineLine(engine))));
            created.sync();
        }
        try {
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new StorageIoException("renaming " + temporary, e);
        }
        Directories.sync(directory, stats);
    }

    private static String engineLine(EngineKind engine) {
        return ENGINE
                + switch (engine) {
                    case BTREE -> "btree";
                    case LSM -> "lsm";
                };
    }

    private static String withChecksum(String first, String second) {
        String said = first + "\n" + second + "\n";
        return said + CHECKSUM + "%08x".formatted(Crc32c.of(said.getBytes(UTF_8))) + "\n";
    }
}
