package storagelab.file;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import storagelab.api.StorageIoException;

/**
 * Makes names durable. Syncing a file puts its bytes on disk, not its name: a file that was created, renamed or deleted
 * is so for good only when the directory that names it was synced too.
 */
public final class Directories {
    private static final boolean WINDOWS = System.getProperty("os.name", "").startsWith("Windows");

    private Directories() {}

    /**
     * Returns when the names in {@code directory} are on disk. Does nothing on Windows, which cannot sync a directory
     * and keeps names in a journal of its own.
     */
    public static void sync(Path directory, StatsRecorder stats) {
        stats.increment(FileMetrics.SYNCS);
        boolean interrupted = Thread.interrupted();
        try {
            while (!forced(directory)) {
                interrupted |= Thread.interrupted();
            }
        } catch (IOException e) {
            throw new StorageIoException("syncing the directory " + directory, e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Creates {@code directory} and those above it that are missing, durably. */
    public static void create(Path directory, StatsRecorder stats) {
        if (Files.isDirectory(directory)) {
            return;
        }
        Path parent = directory.toAbsolutePath().getParent();
        if (parent != null) {
            create(parent, stats);
        }
        try {
            Files.createDirectory(directory);
        } catch (IOException e) {
            throw new StorageIoException("creating the directory " + directory, e);
        }
        if (parent != null) {
            sync(parent, stats);
        }
    }

    /** Whether the sync went through; not if this thread was interrupted meanwhile. */
    private static boolean forced(Path directory) throws IOException {
        if (WINDOWS && directory.getFileSystem().equals(FileSystems.getDefault())) {
            return true;
        }
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
            return true;
        } catch (ClosedByInterruptException e) {
            return false;
        }
    }
}
