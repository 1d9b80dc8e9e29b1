package storagelab.file;

import java.io.Closeable;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;
import storagelab.api.StorageIoException;

/**
 * Keeps a directory to one open store: two that write to the same files would destroy them. Stores that only read share the
 * directory with each other, and with no store that writes.
 *
 * <p>Other processes are kept out by a lock of the operating system. Those end, on Linux, when the process closes <em>any</em>
 * channel on the file. So a second attempt in this process must not even open it: it is kept out, or let in, by a map of the
 * directories that are locked.
 *
 * <p>Concurrency: safe for many threads.
 */
public final class StoreLock implements Closeable {
    /** The file in the directory that an open store holds a lock on. */
    public static final String FILE_NAME = "LOCK";

    /** The locks of this process, by directory. One that no store refers to any more does not stay in it. */
    private static final Map<Path, WeakReference<Held>> HELD = new WeakHashMap<>(); // guarded by itself

    private final Held held;
    private boolean closed; // guarded by HELD

    private StoreLock(Held held) {
        this.held = held;
    }

    /** What this process holds of a directory, for one store that writes or for any number that read. */
    private static final class Held {
        final Path directory; // the very object that is the key in the map
        final boolean isShared;
        final @Nullable FileChannel channel; // the lock ends when it is closed, or when the process dies
        int holders; // guarded by HELD

        Held(Path directory, boolean isShared, @Nullable FileChannel channel) {
            this.directory = directory;
            this.isShared = isShared;
            this.channel = channel;
        }
    }

    /**
     * Takes the lock, for a store that writes.
     *
     * @throws StorageIoException if this or another process has the store open; its cause is a {@link StoreInUseException}
     */
    public static StoreLock acquire(Path directory) {
        return acquire(directory, false);
    }

    /**
     * Takes the lock, shared with other readers. Nothing is written: where there is no file to lock, other
     * processes are not kept out, see {@link #checkAlone}.
     *
     * @throws StorageIoException if this or another process has the store open for writing; its cause is a {@link
     *     StoreInUseException}
     */
    public static StoreLock acquireShared(Path directory) {
        return acquire(directory, true);
    }

    private static StoreLock acquire(Path directory, boolean isShared) {
        try {
            Path key = directory.toRealPath();
            synchronized (HELD) {
                Held held = heldHere(key);
                if (held == null) {
                    held = new Held(key, isShared, isShared ? sharedChannel(key) : exclusiveChannel(key));
                    HELD.remove(key); // the map keeps the key it has, and that may be one that is about to go
                    HELD.put(key, new WeakReference<>(held));
                } else if (!isShared || !held.isShared) {
                    throw new StoreInUseException();
                }
                held.holders++;
                return new StoreLock(held);
            }
        } catch (IOException e) {
            throw new StorageIoException("locking " + directory, e);
        }
    }

    /** Whether other processes are kept out: not if there was no file to lock. */
    public boolean isHeld() {
        return held.channel != null;
    }

    /**
     * Proves that no store has written to the directory since this shared lock was taken. That is certain while the lock is
     * {@linkplain #isHeld held}. Where there was no file to lock, it is certain as long as there is none, since a store that
     * writes makes it before it does anything else.
     *
     * @throws StorageIoException if a store that writes may have been opened since
     */
    public void checkAlone() {
        if (held.channel == null && Files.exists(held.directory.resolve(FILE_NAME))) {
            throw new StorageIoException("reading " + held.directory, new StoreInUseException());
        }
    }

    /** Closing twice does nothing: the directory may be another store's by then. */
    @Override
    public void close() {
        synchronized (HELD) {
            if (closed) {
                return;
            }
            closed = true;
            held.holders--;
            if (held.holders > 0) {
                return;
            }
            HELD.remove(held.directory);
            close(held);
        }
    }

    private static void close(Held held) {
        try {
            if (held.channel != null) {
                held.channel.close();
            }
        } catch (IOException e) {
            throw new StorageIoException("unlocking " + held.directory, e);
        }
    }

    private static @Nullable Held heldHere(Path directory) {
        WeakReference<Held> reference = HELD.get(directory);
        return reference == null ? null : reference.get();
    }

    private static FileChannel exclusiveChannel(Path directory) throws IOException {
        return lockedChannel(directory.resolve(FILE_NAME), false, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /** Null if there is no file to lock. */
    private static @Nullable FileChannel sharedChannel(Path directory) throws IOException {
        Path file = directory.resolve(FILE_NAME);
        return Files.exists(file) ? lockedChannel(file, true, StandardOpenOption.READ) : null;
    }

    private static FileChannel lockedChannel(Path file, boolean isShared, OpenOption... mode) throws IOException {
        FileChannel channel = FileChannel.open(file, mode);
        try {
            if (isLocked(channel, isShared)) {
                return channel;
            }
        } catch (IOException | RuntimeException | Error e) {
            channel.close();
            throw e;
        }
        channel.close();
        throw new StoreInUseException();
    }

    private static boolean isLocked(FileChannel channel, boolean isShared) throws IOException {
        try {
            return channel.tryLock(0, Long.MAX_VALUE, isShared) != null;
        } catch (OverlappingFileLockException e) {
            return false; // another class loader of this process has it
        }
    }
}
