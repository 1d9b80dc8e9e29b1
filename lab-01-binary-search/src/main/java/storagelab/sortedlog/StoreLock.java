package storagelab.sortedlog;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import storagelab.api.StorageIoException;

/**
 * Keeps a directory to one open store: two that write to the same files would destroy them.
 *
 * <p>Other processes are kept out by a lock of the operating system. Those end, on Linux, when the process closes <em>any</em>
 * channel on the file. So a second attempt in this process must not even open it: it is kept out by a set of the directories that
 * are locked.
 */
public final class StoreLock implements Closeable {
    /** Directories that this process has locked. A store that nobody refers to any more does not stay in it. */
    private static final Set<Path> LOCKED_HERE =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    private static final String ALREADY_OPEN = "another store has it open";

    private final Path directory; // the very object that is in the set
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
            Path key = directory.toRealPath();
            if (!LOCKED_HERE.add(key)) {
                throw new IOException(ALREADY_OPEN);
            }
            try {
                return new StoreLock(key, lockedChannel(key));
            } catch (IOException | RuntimeException | Error e) {
                LOCKED_HERE.remove(key);
                throw e;
            }
        } catch (IOException e) {
            throw new StorageIoException("locking " + directory, e);
        }
    }

    /** Closing twice does nothing: the directory may be another store's by then. */
    @Override
    public synchronized void close() {
        if (!channel.isOpen()) {
            return;
        }
        try {
            channel.close();
        } catch (IOException e) {
            throw new StorageIoException("unlocking " + directory, e);
        } finally {
            LOCKED_HERE.remove(directory);
        }
    }

    private static FileChannel lockedChannel(Path directory) throws IOException {
        FileChannel channel = FileChannel.open(
                directory.resolve(FileNames.LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!locked(channel)) {
            channel.close();
            throw new IOException(ALREADY_OPEN);
        }
        return channel;
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // another class loader of this process has it
        } catch (IOException | RuntimeException | Error e) {
            channel.close();
            throw e;
        }
    }
}
