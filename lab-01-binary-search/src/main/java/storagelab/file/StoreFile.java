package storagelab.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import storagelab.api.CorruptionException;
import storagelab.api.Slice;
import storagelab.api.StorageIoException;

/**
 * A file that is appended to, or read or written at any offset. It reports what it reads, writes and syncs to a {@link
 * StatsRecorder}.
 *
 * <p>Java closes a {@link FileChannel} when a thread that uses it is interrupted, for every other thread too. This
 * class opens the file again and repeats the operation: reads and writes name their offset, so that doing one twice is
 * doing it once. The thread is still interrupted afterwards.
 *
 * <p>Errors: {@link StorageIoException}, with what was attempted in the message.
 *
 * <p>Concurrency: reads, and writes at different offsets, from many threads; appends from one thread at a time.
 */
public final class StoreFile implements Closeable {
    private static final int PIECE_BYTES = 256 << 10;

    private final Path path;
    private final StatsRecorder stats;
    private final OpenOption[] mode;
    private volatile FileChannel channel;
    private volatile boolean closed;
    private volatile long endOffset; // changed under this

    private StoreFile(Path path, StatsRecorder stats, OpenOption... mode) throws IOException {
        this.path = path;
        this.stats = stats;
        this.mode = mode;
        this.endOffset = Files.size(path);
        this.channel = FileChannel.open(path, mode);
    }

    /** Creates an empty file to append to. It must not exist; its name is on disk when the directory is synced. */
    public static StoreFile create(Path path, StatsRecorder stats) {
        try {
            Files.createFile(path);
        } catch (IOException e) {
            throw new StorageIoException("creating " + path, e);
        }
        return open(path, stats, StandardOpenOption.WRITE);
    }

    /** Opens a file for reading. */
    public static StoreFile openForReading(Path path, StatsRecorder stats) {
        return open(path, stats, StandardOpenOption.READ);
    }

    /** Opens a file that exists for reading and writing. */
    public static StoreFile openForWriting(Path path, StatsRecorder stats) {
        return open(path, stats, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /**
     * Puts the first {@code sizeBytes} bytes of a file on the disk and cuts off the rest, whatever happened to the file
     * before. Needs no room on the disk.
     *
     * <p>The bytes are written once more, in place, because syncing them is not enough: after a sync that failed, the
     * operating system may have given up writing them while it still shows them to readers.
     */
    public static void settle(Path path, long sizeBytes, StatsRecorder stats) {
        try (StoreFile source = openForReading(path, stats);
                StoreFile target = open(path, stats, StandardOpenOption.WRITE)) {
            target.endOffset = 0;
            while (target.endOffset < sizeBytes) {
                int pieceBytes = (int) Math.min(PIECE_BYTES, sizeBytes - target.endOffset);
                target.append(Slice.wrap(source.read(target.endOffset, pieceBytes)));
            }
            target.truncate(sizeBytes);
            target.sync();
        }
    }

    /** Deletes {@code file} if it is there. The name is gone for good when the directory is synced. */
    public static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new StorageIoException("deleting " + file, e);
        }
    }

    private static StoreFile open(Path path, StatsRecorder stats, OpenOption... mode) {
        try {
            return new StoreFile(path, stats, mode);
        } catch (IOException e) {
            throw new StorageIoException("opening " + path, e);
        }
    }

    /** The file. */
    public Path path() {
        return path;
    }

    /** Number of bytes in the file. */
    public long sizeBytes() {
        return endOffset;
    }

    /** Writes {@code bytes} at the end, with one call to the operating system unless it takes fewer than it was given. */
    public void append(Slice bytes) {
        write(endOffset, bytes.asByteBuffer());
    }

    /**
     * Writes what remains of {@code bytes} at {@code offset}, with one call to the operating system unless it takes fewer
     * than it was given. The file grows if it ends before. The buffer's position stays where it is.
     */
    public void write(long offset, ByteBuffer bytes) {
        int start = bytes.position();
        withChannel("writing " + path, out -> {
            ByteBuffer buffer = bytes.duplicate();
            while (buffer.hasRemaining()) {
                out.write(buffer, offset + (buffer.position() - start));
            }
        });
        growTo(offset + bytes.remaining());
        stats.add(FileMetrics.BYTES_WRITTEN, bytes.remaining());
    }

    /** Cuts off what is behind the first {@code sizeBytes} bytes, if there is something. */
    public void truncate(long sizeBytes) {
        withChannel("truncating " + path, out -> out.truncate(sizeBytes));
        synchronized (this) {
            endOffset = Math.min(endOffset, sizeBytes);
        }
    }

    /** Returns when everything in the file is on the disk. */
    public void sync() {
        stats.increment(FileMetrics.SYNCS);
        withChannel("syncing " + path, out -> out.force(false));
    }

    /**
     * A fresh copy of the {@code length} bytes from {@code offset} on, read with one call to the operating system unless
     * it returns fewer than it was asked for.
     *
     * @throws CorruptionException if the file ends before
     */
    public byte[] read(long offset, int length) {
        byte[] bytes = new byte[length];
        withChannel("reading " + path, in -> {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                if (in.read(buffer, offset + buffer.position()) < 0) {
                    throw new CorruptionException(
                            path, offset, length + " bytes", "the end of the file at byte " + in.size());
                }
            }
        });
        stats.add(FileMetrics.BYTES_READ, length);
        return bytes;
    }

    /** Closes the file. What was not synced is in the operating system's hands. */
    @Override
    public void close() {
        try {
            synchronized (this) {
                closed = true;
                channel.close();
            }
        } catch (IOException e) {
            throw new StorageIoException("closing " + path, e);
        }
    }

    private synchronized void growTo(long sizeBytes) {
        endOffset = Math.max(endOffset, sizeBytes);
    }

    private void withChannel(String doing, ChannelAction action) {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                FileChannel used = channel;
                try {
                    action.run(used);
                    return;
                } catch (ClosedByInterruptException e) {
                    interrupted |= Thread.interrupted();
                    reopen(used, e);
                } catch (ClosedChannelException e) { // another thread was interrupted while it used the channel
                    reopen(used, e);
                }
            }
        } catch (IOException e) {
            throw new StorageIoException(doing, e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private synchronized void reopen(FileChannel broken, ClosedChannelException cause) throws IOException {
        if (closed) {
            throw cause;
        }
        if (channel == broken) {
            channel = FileChannel.open(path, mode);
        }
    }

    private interface ChannelAction {
        void run(FileChannel channel) throws IOException;
    }
}
