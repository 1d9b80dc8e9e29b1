package storagelab.wal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import storagelab.api.CorruptionException;
import storagelab.api.LogTruncatedException;
import storagelab.api.Slice;
import storagelab.api.StorageIoException;
import storagelab.file.StatsRecorder;
import storagelab.file.StoreFile;
import storagelab.log.BatchRecord;
import storagelab.log.RecordAt;
import storagelab.log.RecordFrame;

/**
 * Follows a log that is open for writing: the batches after a sequence, oldest first, and when there are no more, those that are
 * appended later.
 *
 * <p>It reads only what lies before {@link WriteAheadLog#end}, where every record is whole. So a record that cannot be read there is
 * damaged, and there is no torn end to be told from it.
 *
 * <p>Where a segment is full, the log creates the next one, then appends the record that says so to the old one, and only then
 * appends batches to the new one. Between the first two steps this has nothing to return.
 *
 * <p>Example: the log has the operations 1 to 40 in segment 1 and 41 to 50 in segment 2. A tail after 38 reads segment 1 from its
 * beginning, returns the batches with 39 and 40, then those of segment 2, and then nothing, until there is a batch with 51.
 *
 * <p>Cost: to begin, the header of each segment, and the segment with the sequence up to there; then each byte is read once, in pieces
 * of {@value #PIECE_BYTES} bytes at most.
 *
 * <p>Concurrency: one thread, while others append, sync and truncate.
 */
public final class LogTail implements Closeable {
    private static final int PIECE_BYTES = 64 << 10;

    private final Path directory;
    private final WriteAheadLog log;
    private final StatsRecorder stats;
    private final long identity;
    private long segment;
    private long offset; // where the last record ends that was read
    private StoreFile file;
    private long lastSequence;
    private byte[] piece = new byte[0]; // of the file
    private long pieceOffset;

    /**
     * A batch of the log.
     *
     * @param record with its operations
     * @param end of the record in the log
     */
    public record Entry(BatchRecord record, Lsn end) {
        /** The sequence of the last operation. */
        public long lastSequence() {
            return record.sequence() + record.batch().operations().size() - 1;
        }
    }

    /** Where a tail begins. */
    private record Start(SegmentHeader header, long segment, long offset) {}

    private LogTail(Path directory, WriteAheadLog log, StatsRecorder stats, Start start) {
        this.directory = directory;
        this.log = log;
        this.stats = stats;
        this.identity = start.header.identity();
        this.segment = start.segment;
        this.offset = start.offset;
        this.lastSequence = start.header.baseSequence();
        this.file = StoreFile.openForReading(SegmentFiles.path(directory, segment), stats);
    }

    /**
     * A tail of {@code log}, which is in {@code directory}. No segment may be deleted while this runs.
     *
     * @param afterSequence it returns the batches that have an operation after this one
     * @throws LogTruncatedException if the log begins later
     */
    public static LogTail open(Path directory, WriteAheadLog log, long afterSequence, StatsRecorder stats) {
        long lastSegment = log.end().segment();
        Start start = null;
        for (long number : SegmentFiles.numbers(directory)) {
            if (number <= lastSegment) {
                Start next = start(directory, number, stats);
                if (start == null && next.header.previousSequence() > afterSequence) {
                    throw truncated(directory, afterSequence, next.header);
                }
                start = start == null || next.header.previousSequence() <= afterSequence ? next : start;
            }
        }
        if (start == null) {
            throw new CorruptionException(directory, 0, "segments of a write-ahead log", "none");
        }
        LogTail tail = new LogTail(directory, log, stats, start);
        try {
            tail.checkBase(start.header, afterSequence);
            tail.lastSequence = afterSequence;
            return tail;
        } catch (RuntimeException | Error e) {
            try (tail) {
                throw e;
            }
        }
    }

    private static Start start(Path directory, long number, StatsRecorder stats) {
        try (SegmentReader reader = SegmentReader.open(directory, number, stats)) {
            SegmentHeader header = reader.header();
            if (header == null) {
                throw new CorruptionException(
                        SegmentFiles.path(directory, number), 0, "the first record of a segment", "none");
            }
            return new Start(header, number, reader.end().offset());
        }
    }

    private static LogTruncatedException truncated(Path directory, long wanted, SegmentHeader first) {
        return new LogTruncatedException(directory.toString(), wanted, first.baseSequence());
    }

    /** Operations from the previous sequence to the base of a segment are in the engine and in no segment. */
    private void checkBase(SegmentHeader header, long sequence) {
        if (header.baseSequence() > header.previousSequence() && sequence < header.baseSequence()) {
            throw truncated(directory, sequence, header);
        }
    }

    /**
     * The next batch that has an operation after the one that was returned last; null if the log has none yet.
     *
     * @throws CorruptionException if a record is damaged
     * @throws LogTruncatedException if operations are missing: the segment was deleted, or a power cut has taken from the log what the
     *     engine has
     */
    public @Nullable Entry next() {
        while (true) {
            try {
                return following();
            } catch (LogTruncatedException e) {
                if (!isMovedOn()) {
                    throw e;
                }
            }
        }
    }

    /**
     * Goes on with a later segment that has the next operations. The one that was read to its end may be deleted before this has
     * come to the record that says that there is a next one. False if there is no such segment.
     */
    private boolean isMovedOn() {
        Start next = null;
        for (long number : SegmentFiles.numbers(directory)) {
            if (number > segment && number <= log.end().segment()) {
                try {
                    Start start = start(directory, number, stats);
                    next = start.header.previousSequence() <= lastSequence ? start : next;
                } catch (StorageIoException e) {
                    continue; // it was deleted meanwhile, too
                }
            }
        }
        if (next != null) {
            begin(next);
        }
        return next != null;
    }

    private @Nullable Entry following() {
        while (true) {
            Lsn end = log.end(); // before the bytes are read: what lies before it is whole
            if (segment == end.segment() && offset >= end.offset()) {
                return null;
            }
            WalRecord record = record(end);
            if (record == null) {
                return null;
            }
            switch (record.kind()) {
                case NEXT -> beginNext();
                case BATCH -> {
                    Entry entry = new Entry(BatchRecord.decode(record.body()), Lsn.of(segment, offset));
                    if (entry.lastSequence() > lastSequence) {
                        lastSequence = entry.lastSequence();
                        return entry;
                    }
                }
                case SEGMENT, END -> {}
            }
        }
    }

    /** The record at the offset; null if the log is just about to append it. */
    private @Nullable WalRecord record(Lsn end) {
        long start = RecordFrame.start(offset);
        Slice bytes = RecordAt.read(this::bytes, start);
        if (bytes == null) {
            piece = new byte[0]; // what is there now may not be what will be there
            boolean isBeginning =
                    end.segment() == segment + 1 && end.offset() <= start(directory, end.segment(), stats).offset;
            if (isBeginning) {
                return null; // the record that says that there is a next segment is not written yet
            }
            throw new CorruptionException(file.path(), start, "a record of the log", "bytes that are not one");
        }
        WalRecord record = WalRecord.decode(bytes, identity);
        if (!record.place().equals(Lsn.of(segment, start))) {
            throw new CorruptionException(
                    file.path(),
                    start,
                    "the record of this place",
                    record.place().toString());
        }
        offset = RecordFrame.end(start, bytes.length());
        return record;
    }

    private void beginNext() {
        Path next = SegmentFiles.path(directory, segment + 1);
        if (!Files.exists(next)) {
            throw overtaken();
        }
        begin(start(directory, segment + 1, stats));
    }

    private void begin(Start next) {
        checkBase(next.header, lastSequence);
        file.close();
        file = StoreFile.openForReading(SegmentFiles.path(directory, next.segment), stats);
        segment = next.segment;
        offset = next.offset;
        piece = new byte[0];
    }

    /** The segment was deleted while this read it. */
    private LogTruncatedException overtaken() {
        for (long number : SegmentFiles.numbers(directory)) {
            try {
                return truncated(directory, lastSequence, start(directory, number, stats).header);
            } catch (StorageIoException e) {
                continue; // it was deleted meanwhile, too: the log begins with a later one
            }
        }
        return new LogTruncatedException(directory.toString(), lastSequence, log.lastSequence());
    }

    /** Bytes of the segment; null if it ends before. */
    private byte @Nullable [] bytes(long from, int length) {
        boolean isThere = from >= pieceOffset && from + length <= pieceOffset + piece.length;
        if (!isThere) {
            long left = sizeBytes() - from;
            if (left < length) {
                return null;
            }
            piece = file.read(from, (int) Math.min(Math.max(PIECE_BYTES, length), left));
            pieceOffset = from;
        }
        int at = (int) (from - pieceOffset);
        return Arrays.copyOfRange(piece, at, at + length);
    }

    /** How many bytes of the segment can be read: up to the end of the log, or of the file. */
    private long sizeBytes() {
        Lsn end = log.end();
        if (end.segment() == segment) {
            return end.offset();
        }
        try {
            return Files.size(file.path());
        } catch (NoSuchFileException e) {
            throw overtaken();
        } catch (IOException e) {
            throw new StorageIoException("looking at " + file.path(), e);
        }
    }

    @Override
    public void close() {
        file.close();
    }
}
