package storagelab.log;

import java.nio.file.Path;
import storagelab.api.Slice;
import storagelab.file.StatsRecorder;
import storagelab.file.StoreFile;

/** A log that is written with a call of the operating system for each record. Works on every file system. */
public final class ChannelLogOutput implements LogOutput {
    private final StoreFile file;

    /** Creates the file, which must not be there; its name is on the disk when the directory is synced. */
    public ChannelLogOutput(Path path, StatsRecorder stats) {
        this(StoreFile.create(path, stats));
    }

    private ChannelLogOutput(StoreFile file) {
        this.file = file;
    }

    /** Opens a file that exists, to go on at its end. */
    public static ChannelLogOutput continuing(Path path, StatsRecorder stats) {
        return new ChannelLogOutput(StoreFile.openForWriting(path, stats));
    }

    @Override
    public long sizeBytes() {
        return file.sizeBytes();
    }

    @Override
    public void append(Slice bytes) {
        file.append(bytes);
    }

    @Override
    public void sync() {
        file.sync();
    }

    @Override
    public void close() {
        file.close();
    }
}
