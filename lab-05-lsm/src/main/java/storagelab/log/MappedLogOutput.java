package storagelab.log;

import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.api.StorageIoException;
import storagelab.sortedlog.StatsRecorder;
import storagelab.sortedlog.StoreFile;

/**
 * A log that is written by storing into memory: its end is mapped, a region of {@value #REGION_BYTES} bytes at a time.
 * A record of a hundred bytes costs some ten nanoseconds so, and a call of the operating system for it several hundred;
 * and when the process is killed, what it has stored is with the operating system all the same.
 *
 * <p>Before a region is mapped it is written full of zeros. So the disk has room for it: a disk that is full is a {@link
 * StorageIoException} of this write, and not a signal in the middle of a store. The file is then longer than the log,
 * by zeros, until it is closed.
 *
 * <p>The first eight bytes of a piece are stored last, all at once: a process that is killed before leaves zeros there,
 * and not half a record.
 *
 * <p>A synced piece goes through the channel. Syncing a page that was stored into costs twice as much as one that was
 * written.
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

    private final StoreFile file;
    private @Nullable MappedByteBuffer region; // from a multiple of REGION_BYTES on
    private long sizeBytes;

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
        MappedByteBuffer current = regionOfEnd();
        int at = (int) (sizeBytes % REGION_BYTES);
        int length = bytes.length();
        if (length >= Long.BYTES && length <= REGION_BYTES - at) {
            current.put(at + Long.BYTES, bytes.asByteBuffer(), Long.BYTES, length - Long.BYTES);
            VarHandle.releaseFence();
            current.putLong(at, bytes.wordAt(0));
            sizeBytes += length;
        } else {
            write(bytes);
        }
    }

    /** {@inheritDoc} One write and one sync, of a file that does not grow most of the time. */
    @Override
    public void appendSynced(Slice bytes) {
        MappedByteBuffer prepared = regionOfEnd();
        write(bytes);
        file.sync();
    }

    @Override
    public void sync() {
        file.sync();
    }

    /** Cuts off the zeros, and closes the file. */
    @Override
    public void close() {
        region = null;
        try (file) {
            file.truncate(sizeBytes);
        }
    }

    private void write(Slice bytes) {
        file.write(sizeBytes, bytes.asByteBuffer());
        sizeBytes += bytes.length();
        if (sizeBytes / REGION_BYTES != (sizeBytes - bytes.length()) / REGION_BYTES) {
            region = null;
        }
    }

    /** The mapped region that the log ends in; the next one if it ends between two. */
    private MappedByteBuffer regionOfEnd() {
        MappedByteBuffer current = region;
        if (current == null || sizeBytes % REGION_BYTES == 0) {
            current = map(sizeBytes - sizeBytes % REGION_BYTES);
            region = current;
        }
        return current;
    }

    private MappedByteBuffer map(long start) {
        long from = Math.max(sizeBytes, file.sizeBytes());
        long end = start + REGION_BYTES;
        if (from < end) {
            file.write(from, ZEROS.slice(0, (int) (end - from)));
        }
        try (FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer mapped = channel.map(MapMode.READ_WRITE, start, REGION_BYTES);
            mapped.order(ByteOrder.BIG_ENDIAN); // as Slice.wordAt has it
            return mapped;
        } catch (IOException e) {
            throw new StorageIoException("mapping " + file.path(), e);
        }
    }
}
