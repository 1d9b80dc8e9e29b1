package storagelab.sortedlog;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import storagelab.api.StorageIoException;

/** Keeps a directory to one open store: two that write to the same files would destroy them. */
public final class StoreLock implements Closeable {
    private final Path directory;
    private final FileChannel channel; // the lock ends when it is closed, or when the process dies

    private StoreLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /**
     * Takes the lock.
     *
     * @throws StorageIoException if this or another process has the store open
     */
    public static StoreLock acquire(Path directory) {
        try {
            FileChannel channel = FileChannel.open(
                    directory.resolve(FileNames.LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!locked(channel)) {
                channel.close();
                throw new IOException("another store has it open");
            }
            return new StoreLock(directory, channel);
        } catch (IOException e) {
            throw new StorageIoException("locking " + directory, e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new StorageIoException("unlocking " + directory, e);
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // this process has it
        } catch (IOException | RuntimeException | Error e) {
            channel.close();
            throw e;
        }
    }
}
