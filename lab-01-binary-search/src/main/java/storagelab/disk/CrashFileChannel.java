package storagelab.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Objects;
import storagelab.disk.Node.FileNode;

/**
 * An open file or directory of a {@link CrashDisk}, with the manners of the JDK's own {@code FileChannel} on Linux: the
 * same checks in the same order, a closed channel for a thread that is interrupted, writes that land at the end whatever
 * the position when opened to append. A directory can only be synced.
 *
 * <p>Concurrency: safe for many threads. Lock order: the channel's position, then the volume.
 */
final class CrashFileChannel extends FileChannel {
    private static final int TRANSFER_BYTES = 1 << 16;

    private final Volume volume;
    private final Node node;
    private final String path;
    private final OpenMode mode;
    private final Object positionLock = new Object();
    private long position;

    private CrashFileChannel(Volume volume, Node node, String path, OpenMode mode) {
        this.volume = volume;
        this.node = node;
        this.path = path;
        this.mode = mode;
    }

    static CrashFileChannel open(CrashPath path, OpenMode mode) throws IOException {
        Volume volume = path.getFileSystem().volume();
        return new CrashFileChannel(volume, volume.open(path, mode), path.toString(), mode);
    }

    private interface Call {
        long run() throws IOException;
    }

    /** Runs a call as one that an interrupt or a close by another thread ends, in the manner of the JDK. */
    private long interruptibly(Call call) throws IOException {
        boolean isCompleted = false;
        try {
            begin();
            if (!isOpen()) {
                return 0;
            }
            long result = call.run();
            isCompleted = true;
            return result;
        } finally {
            end(isCompleted);
        }
    }

    private void checkOpen() throws ClosedChannelException {
        if (!isOpen()) {
            throw new ClosedChannelException();
        }
    }

    private void checkReadable() throws ClosedChannelException {
        checkOpen();
        if (!mode.isReading()) {
            throw new NonReadableChannelException();
        }
    }

    private void checkWritable() throws ClosedChannelException {
        checkOpen();
        if (!mode.isWriting()) {
            throw new NonWritableChannelException();
        }
    }

    private static void checkNotNegative(long number, String what) {
        if (number < 0) {
            throw new IllegalArgumentException("Negative " + what + ": " + number);
        }
    }

    private FileNode file() throws IOException {
        if (node instanceof FileNode file) {
            return file;
        }
        throw new IOException("Is a directory");
    }

    // ---------------------------------------------------------------- reading

    @Override
    public int read(ByteBuffer target) throws IOException {
        checkReadable();
        synchronized (positionLock) {
            return (int) interruptibly(() -> advance(readAt(target, position)));
        }
    }

    @Override
    public int read(ByteBuffer target, long from) throws IOException {
        Objects.requireNonNull(target);
        checkNotNegative(from, "position");
        checkReadable();
        return (int) interruptibly(() -> readAt(target, from));
    }

    @Override
    public long read(ByteBuffer[] targets, int first, int count) throws IOException {
        Objects.checkFromIndexSize(first, count, targets.length);
        checkReadable();
        ByteBuffer gathered = ByteBuffer.allocate(remaining(targets, first, count));
        synchronized (positionLock) {
            long length = interruptibly(() -> advance(readAt(gathered, position)));
            gathered.flip();
            for (int i = first; i < first + count; i++) {
                move(gathered, targets[i]);
            }
            return length;
        }
    }

    private int readAt(ByteBuffer target, long from) throws IOException {
        if (target.isReadOnly()) {
            throw new IllegalArgumentException("Read-only buffer");
        }
        FileNode file = file();
        return target.hasRemaining() ? volume.read(file, path, from, target) : 0;
    }

    private long advance(int length) {
        position += Math.max(0, length);
        return length;
    }

    private static int remaining(ByteBuffer[] buffers, int first, int count) {
        long sum = 0;
        for (int i = first; i < first + count; i++) {
            sum += buffers[i].remaining();
        }
        return (int) Math.min(sum, Integer.MAX_VALUE - 8);
    }

    private static void move(ByteBuffer source, ByteBuffer target) {
        ByteBuffer part = source.duplicate();
        part.limit(part.position() + Math.min(source.remaining(), target.remaining()));
        source.position(part.limit());
        target.put(part);
    }

    // ---------------------------------------------------------------- writing

    @Override
    public int write(ByteBuffer source) throws IOException {
        Objects.requireNonNull(source);
        checkWritable();
        synchronized (positionLock) {
            return (int) interruptibly(() -> {
                int length = writeAt(source, position);
                position = mode.isAppending() ? volume.size(node) : position + length;
                return length;
            });
        }
    }

    @Override
    public int write(ByteBuffer source, long to) throws IOException {
        Objects.requireNonNull(source);
        checkNotNegative(to, "position");
        checkWritable();
        return (int) interruptibly(() -> writeAt(source, to));
    }

    @Override
    public long write(ByteBuffer[] sources, int first, int count) throws IOException {
        Objects.checkFromIndexSize(first, count, sources.length);
        checkWritable();
        ByteBuffer gathered = ByteBuffer.allocate(remaining(sources, first, count));
        for (int i = first; i < first + count; i++) {
            move(sources[i].duplicate(), gathered);
        }
        int length = write(gathered.flip());
        int left = length;
        for (int i = first; i < first + count; i++) {
            int taken = Math.min(left, sources[i].remaining());
            sources[i].position(sources[i].position() + taken);
            left -= taken;
        }
        return length;
    }

    private int writeAt(ByteBuffer source, long to) throws IOException {
        if (!source.hasRemaining()) {
            return 0;
        }
        int length = volume.write(file(), path, mode.isAppending() ? Volume.AT_END : to, source);
        if (mode.isSyncing()) {
            volume.sync(node, path);
        }
        return length;
    }

    @Override
    public FileChannel truncate(long newSize) throws IOException {
        checkOpen();
        checkNotNegative(newSize, "size");
        checkWritable();
        synchronized (positionLock) {
            interruptibly(() -> {
                if (newSize < volume.size(node)) {
                    volume.truncate(file(), path, newSize);
                }
                position = Math.min(position, newSize);
                return 0;
            });
        }
        return this;
    }

    @Override
    public void force(boolean metaData) throws IOException {
        checkOpen();
        interruptibly(() -> {
            volume.sync(node, path);
            return 0;
        });
    }

    // ---------------------------------------------------------------- position and size

    @Override
    public long position() throws IOException {
        checkOpen();
        synchronized (positionLock) {
            return interruptibly(() -> mode.isAppending() ? volume.size(node) : position);
        }
    }

    @Override
    public FileChannel position(long newPosition) throws IOException {
        checkOpen();
        checkNotNegative(newPosition, "position");
        synchronized (positionLock) {
            interruptibly(() -> position = newPosition);
        }
        return this;
    }

    @Override
    public long size() throws IOException {
        checkOpen();
        return interruptibly(() -> volume.size(node));
    }

    // ---------------------------------------------------------------- transfers

    @Override
    public long transferTo(long from, long count, WritableByteChannel target) throws IOException {
        checkOpen();
        if (!target.isOpen()) {
            throw new ClosedChannelException();
        }
        checkReadable();
        if (target instanceof CrashFileChannel other) {
            other.checkWritable();
        }
        checkNotNegative(from, "position");
        checkNotNegative(count, "count");
        long available = Math.min(count, size() - from);
        long moved = 0;
        while (moved < available) {
            ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(TRANSFER_BYTES, available - moved));
            if (read(chunk, from + moved) <= 0) {
                break;
            }
            int length = chunk.flip().remaining();
            int written = target.write(chunk);
            moved += written;
            if (written < length) {
                break;
            }
        }
        return moved;
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long to, long count) throws IOException {
        checkOpen();
        if (!source.isOpen()) {
            throw new ClosedChannelException();
        }
        checkWritable();
        checkNotNegative(to, "position");
        checkNotNegative(count, "count");
        if (to > size()) {
            return 0;
        }
        long available = count;
        if (source instanceof CrashFileChannel other) {
            other.checkReadable();
            available = Math.min(count, other.size() - other.position());
        }
        long moved = 0;
        while (moved < available) {
            ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(TRANSFER_BYTES, available - moved));
            if (source.read(chunk) <= 0) {
                break;
            }
            chunk.flip();
            while (chunk.hasRemaining()) {
                moved += write(chunk, to + moved);
            }
        }
        return moved;
    }

    @Override
    public MappedByteBuffer map(MapMode mapMode, long from, long size) {
        throw new UnsupportedOperationException("a simulated disk cannot map the file " + path
                + ": a mapping is written behind its back. Read and write it with a FileChannel instead");
    }

    // ---------------------------------------------------------------- locks and closing

    @Override
    public FileLock lock(long from, long size, boolean isShared) throws IOException {
        return tryLock(from, size, isShared);
    }

    @Override
    public FileLock tryLock(long from, long size, boolean isShared) throws IOException {
        checkOpen();
        if (isShared) {
            checkReadable();
        } else {
            checkWritable();
        }
        volume.checkAlive();
        return node.locks().acquire(this, from, size, isShared);
    }

    @Override
    protected void implCloseChannel() {
        node.locks().releaseAllOf(this);
        volume.close(node);
    }
}
