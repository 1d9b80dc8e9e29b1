package storagelab.log;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.api.StorageIoException;
import storagelab.file.StatsRecorder;
import storagelab.file.StoreFile;

/**
 * A log that is written by storing into memory: its end is mapped, a region of {@value #REGION_BYTES} bytes at a time.
 * A record of a hundred bytes costs some ten nanoseconds so, and a call of the operating system for it several hundred;
 * and when the process is killed, what it has stored is with the operating system all the same.
 *
 * <p>Before a region is mapped it is written full of zeros. So the disk has room for it: a disk that is full is a {@link
 * StorageIoException} of this write, and not a signal in the middle of a store. The file is then longer than the log,
 * by zeros, until it is closed. Writing a megabyte of zeros takes as long as hundreds of records; so when a region is
 * half full, another thread begins to make room for the next one.
 *
 * <p>The first eight bytes of a piece are stored last, all at once: a process that is killed before leaves zeros there,
 * and not half a record.
 *
 * <p>The first piece is written before any zeros are: a log never begins with zeros that something follows.
 *
 * <p>A piece that is to be synced goes through the channel. Syncing a page that was stored into costs twice as much as one
 * that was written.
 *
 * <p>The bytes that it reports as written are the zeros; the kernel, too, counts a page once that is written twice
 * before it gets to the disk.
 *
 * <p>Works on the default file system only. Concurrency: as {@link LogOutput} says.
 */
public final class MappedLogOutput implements LogOutput {
    private static final int REGION_BYTES = 1 << 20;
    private static final ByteBuffer ZEROS =
            ByteBuffer.allocateDirect(REGION_BYTES).asReadOnlyBuffer();

    /** Makes room ahead of the writers of all logs in this process. */
    private static final Executor AHEAD = Executors.newCachedThreadPool(new ThreadFactoryBuilder()
            .setDaemon(true)
            .setNameFormat("log-room-%d")
            .build());

    private final StoreFile file;
    private @Nullable Region region; // the one that was stored into last
    private @Nullable CompletableFuture<Region> next; // the one behind it, on its way
    private long sizeBytes;

    /**
     * A part of the file in memory.
     *
     * @param start where it begins, a multiple of {@link #REGION_BYTES}
     * @param bytes as many
     */
    private record Region(long start, MappedByteBuffer bytes) {}

    /** Creates the file, which must not be there; its name is on the disk when the directory is synced. */
    public MappedLogOutput(Path path, StatsRecorder stats) {
        this.file = StoreFile.create(path, stats);
    }

    @Override
    public long sizeBytes() {
        return sizeBytes;
    }

    @Override
    public void append(Slice bytes) {
        if (sizeBytes == 0) {
            begin(bytes);
            return;
        }
        Region current = prepare();
        int at = (int) (sizeBytes - current.start);
        int length = bytes.length();
        if (length >= Long.BYTES && length <= REGION_BYTES - at) {
            current.bytes.put(at + Long.BYTES, bytes.asByteBuffer(), Long.BYTES, length - Long.BYTES);
            VarHandle.releaseFence();
            current.bytes.putLong(at, bytes.wordAt(0));
            sizeBytes += length;
        } else {
            write(bytes);
        }
        if (at > REGION_BYTES / 2 && next == null) {
            long start = current.start + REGION_BYTES;
            next = CompletableFuture.supplyAsync(() -> map(start), AHEAD);
        }
    }

    /** {@inheritDoc} One write, to a file that does not grow most of the time. */
    @Override
    public void appendToBeSynced(Slice bytes) {
        if (sizeBytes == 0) {
            begin(bytes);
        } else {
            Region unused = prepare();
            write(bytes);
        }
    }

    @Override
    public void sync() {
        file.sync();
    }

    /** Cuts off the zeros, and closes the file. */
    @Override
    public void close() {
        Region unused = awaitNext();
        region = null;
        try (file) {
            file.truncate(sizeBytes);
        }
    }

    /** Writes the first piece, and makes room for the next ones. */
    private void begin(Slice bytes) {
        write(bytes);
        Region unused = prepare();
    }

    private void write(Slice bytes) {
        if (sizeBytes % REGION_BYTES + bytes.length() > REGION_BYTES) {
            Region unused = awaitNext(); // or its zeros might come after these bytes
        }
        file.write(sizeBytes, bytes.asByteBuffer());
        sizeBytes += bytes.length();
    }

    /** Sees to it that the region in which the log ends is there, the next one if it ends between two, and returns it. */
    private Region prepare() {
        Region current = region;
        long start = sizeBytes - sizeBytes % REGION_BYTES;
        if (current == null || current.start != start) {
            Region ahead = awaitNext();
            next = null;
            current = ahead != null && ahead.start == start ? ahead : map(start);
            region = current;
        }
        return current;
    }

    /** The region that is on its way, when it is there. Null if there is none, or no room: who needs it finds that again. */
    private @Nullable Region awaitNext() {
        return next == null
                ? null
                : next.<@Nullable Region>handle((made, failure) -> made).join();
    }

    private Region map(long start) {
        long from = Math.max(start, file.sizeBytes());
        long end = start + REGION_BYTES;
        if (from < end) {
            file.write(from, ZEROS.slice(0, (int) (end - from)));
        }
        try (FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer mapped = channel.map(MapMode.READ_WRITE, start, REGION_BYTES);
            mapped.order(ByteOrder.BIG_ENDIAN); // as Slice.wordAt has it
            return new Region(start, mapped);
        } catch (IOException e) {
            throw new StorageIoException("mapping " + file.path(), e);
        }
    }
}
