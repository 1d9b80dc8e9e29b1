package storagelab.wal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import storagelab.api.CorruptionException;
import storagelab.api.StorageIoException;
import storagelab.file.StatsRecorder;

/**
 * Says up to which sequence a log may be cut so that at least a number of its newest bytes stays, for readers of changes that come back
 * later.
 *
 * <p>Example: segments 1 to 4 of 100 bytes each, which begin after the sequences 0, 10, 20 and 30, and 150 bytes are to stay. Segments 3
 * and 4 have 200 bytes, so the log may be cut up to sequence 20.
 *
 * <p>Cost: the size of each segment that stays, and the header of one. Concurrency: one thread, while others append.
 */
public final class LogRetention {
    private final Path directory;
    private final WriteAheadLog log;
    private final long bytes;
    private final StatsRecorder stats;

    /** For the log in {@code directory}, of which {@code bytes} stay. */
    public LogRetention(Path directory, WriteAheadLog log, long bytes, StatsRecorder stats) {
        this.directory = directory;
        this.log = log;
        this.bytes = bytes;
        this.stats = stats;
    }

    /** The log may be cut up to this sequence. No segment may be deleted while this runs. */
    public long sequence() {
        Lsn end = log.end();
        List<Long> numbers = SegmentFiles.numbers(directory);
        long kept = end.offset();
        long oldest = end.segment();
        while (kept < bytes && numbers.contains(oldest - 1)) {
            oldest--;
            kept += sizeBytes(SegmentFiles.path(directory, oldest));
        }
        try (SegmentReader reader = SegmentReader.open(directory, oldest, stats)) {
            SegmentHeader header = reader.header();
            if (header == null) {
                throw new CorruptionException(
                        SegmentFiles.path(directory, oldest), 0, "the first record of a segment", "none");
            }
            return header.previousSequence();
        }
    }

    private static long sizeBytes(Path segment) {
        try {
            return Files.size(segment);
        } catch (IOException e) {
            throw new StorageIoException("looking at " + segment, e);
        }
    }
}
