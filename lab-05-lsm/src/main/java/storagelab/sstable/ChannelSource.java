package storagelab.sstable;

import java.nio.file.Path;
import storagelab.file.StatsRecorder;
import storagelab.file.StoreFile;

/** Reads a file through its channel: a call to the operating system for every read. Works on every file system. */
public final class ChannelSource implements TableSource {
    private final StoreFile file;

    /** Opens the file. */
    public ChannelSource(Path path, StatsRecorder stats) {
        this.file = StoreFile.openForReading(path, stats);
    }

    @Override
    public Path path() {
        return file.path();
    }

    @Override
    public long sizeBytes() {
        return file.sizeBytes();
    }

    @Override
    public byte[] read(long offset, int length) {
        return file.read(offset, length);
    }

    @Override
    public void close() {
        file.close();
    }
}
