package storagelab.lsm;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import storagelab.file.StatsRecorder;
import storagelab.log.ChannelLogOutput;
import storagelab.log.LogOutput;
import storagelab.log.MappedLogOutput;
import storagelab.sstable.ChannelSource;
import storagelab.sstable.MappedSource;
import storagelab.sstable.TableSource;

/** How the bytes of a file get from memory to the operating system and back. */
public enum FileAccess {
    /** A call of the operating system for each record of a log, and for each block that is read. */
    CHANNEL,

    /**
     * The file is mapped into memory: a store into the map is in the operating system's hands without a call. Only the
     * default file system can do it; on others this is {@link #CHANNEL}.
     */
    MAPPED;

    /** Creates a log. */
    LogOutput createLog(Path path, StatsRecorder stats) {
        return maps(path) ? new MappedLogOutput(path, stats) : new ChannelLogOutput(path, stats);
    }

    /** Opens a table. */
    TableSource openTable(Path path, StatsRecorder stats) {
        return maps(path) ? MappedSource.open(path, stats) : new ChannelSource(path, stats);
    }

    private boolean maps(Path path) {
        return this == MAPPED && path.getFileSystem() == FileSystems.getDefault();
    }
}
