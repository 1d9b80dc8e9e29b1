package storagelab.sstable;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import storagelab.api.CorruptionException;
import storagelab.api.StorageIoException;
import storagelab.file.FileMetrics;
import storagelab.file.StatsRecorder;

/**
 * Reads a file through a mapping: what the operating system has in its cache is copied without a call. Works on the
 * default file system only.
 *
 * <p>The mapping goes when the garbage collector finds that nobody has it any more; until then a file that was deleted
 * keeps its room on the disk. A read error of the disk is an {@link InternalError} of the JVM, not a {@link
 * StorageIoException}.
 */
public final class MappedSource implements TableSource {
    private final Path path;
    private final StatsRecorder stats;
    private final MappedByteBuffer bytes;
    private volatile boolean closed;

    private MappedSource(Path path, StatsRecorder stats, MappedByteBuffer bytes) {
        this.path = path;
        this.stats = stats;
        this.bytes = bytes;
    }

    /** Opens a file; through its channel if it is too large to be mapped at once, which is from 2 GiB on. */
    public static TableSource open(Path path, StatsRecorder stats) {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            return channel.size() > Integer.MAX_VALUE
                    ? new ChannelSource(path, stats)
                    : new MappedSource(path, stats, channel.map(MapMode.READ_ONLY, 0, channel.size()));
        } catch (IOException e) {
            throw new StorageIoException("opening " + path, e);
        }
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public long sizeBytes() {
        return bytes.capacity();
    }

    @Override
    public byte[] read(long offset, int length) {
        if (closed) {
            throw new StorageIoException("reading " + path, new IOException("the file is closed"));
        }
        if (offset < 0 || offset > sizeBytes() - length) {
            throw new CorruptionException(
                    path, offset, length + " bytes", "the end of the file at byte " + sizeBytes());
        }
        byte[] read = new byte[length];
        bytes.get((int) offset, read);
        stats.add(FileMetrics.BYTES_READ, length);
        return read;
    }

    @Override
    public void close() {
        closed = true;
    }
}
