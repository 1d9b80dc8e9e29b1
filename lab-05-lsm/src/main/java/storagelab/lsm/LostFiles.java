package storagelab.lsm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import storagelab.api.StorageIoException;
import storagelab.file.Directories;
import storagelab.file.StatsRecorder;
import storagelab.file.StoreFile;

/**
 * The directory {@code lost} of a store, where files go that the store cannot use or does not need, and that a person may
 * want to look into. No file in it is overwritten: the second of two files with one name gets a number after its name.
 */
final class LostFiles {
    /** The name of the directory, which LevelDB's repair uses, too. */
    static final String NAME = "lost";

    private LostFiles() {}

    /** Moves files of {@code directory} there, unless a copy is there; they are there for good when this returns. */
    static void move(Path directory, List<Path> files, StatsRecorder stats) {
        Path lost = directory.resolve(NAME);
        Directories.create(lost, stats);
        for (Path file : files) {
            try {
                Path copy = lost.resolve(file.getFileName());
                if (isThere(file, copy)) {
                    sync(copy, stats);
                    Files.delete(file);
                } else {
                    Files.move(file, free(lost, file), StandardCopyOption.ATOMIC_MOVE);
                }
            } catch (IOException e) {
                throw new StorageIoException("moving " + file + " to " + NAME, e);
            }
        }
        Directories.sync(lost, stats);
        Directories.sync(directory, stats);
    }

    /**
     * Copies a file there; the copy is on the disk when this returns, under a name that was free. If a copy with the same
     * bytes is there already, as after a crash, it stays the only one.
     */
    static void copy(Path file, StatsRecorder stats) {
        Path lost = file.resolveSibling(NAME);
        Directories.create(lost, stats);
        try {
            Path copy = lost.resolve(file.getFileName());
            if (!isThere(file, copy)) {
                copy = free(lost, file);
                Files.copy(file, copy);
            }
            sync(copy, stats); // also one that a crash has left
        } catch (IOException e) {
            throw new StorageIoException("copying " + file + " to " + NAME, e);
        }
        Directories.sync(lost, stats);
    }

    private static void sync(Path copy, StatsRecorder stats) {
        try (StoreFile written = StoreFile.openForWriting(copy, stats)) {
            written.sync();
        }
    }

    private static boolean isThere(Path file, Path copy) throws IOException {
        return Files.exists(copy) && Files.mismatch(file, copy) < 0;
    }

    private static Path free(Path lost, Path file) {
        Path free = lost.resolve(file.getFileName());
        for (int number = 2; Files.exists(free); number++) {
            free = lost.resolve(file.getFileName() + "." + number);
        }
        return free;
    }
}
