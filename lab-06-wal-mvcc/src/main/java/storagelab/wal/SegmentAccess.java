package storagelab.wal;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import storagelab.file.StatsRecorder;
import storagelab.log.ChannelLogOutput;
import storagelab.log.LogOutput;
import storagelab.log.MappedLogOutput;

/** How the records of a segment get from memory to the operating system. */
public enum SegmentAccess {
    /** A call of the operating system for each record; the file grows with each. */
    CHANNEL,

    /** A call of the operating system for each record, into zeros that were written ahead: the file seldom grows. */
    PREPARED,

    /**
     * The file is mapped into memory: a store into the map is in the operating system's hands without a call. Only the
     * default file system can do it; on others this is {@link #PREPARED}.
     */
    MAPPED;

    /** Creates the file of a segment, which must not exist. */
    LogOutput create(Path path, StatsRecorder stats) {
        boolean isMappable = path.getFileSystem() == FileSystems.getDefault();
        return switch (this) {
            case CHANNEL -> new ChannelLogOutput(path, stats);
            case PREPARED -> new PreparedLogOutput(path, stats);
            case MAPPED -> isMappable ? new MappedLogOutput(path, stats) : new PreparedLogOutput(path, stats);
        };
    }
}
