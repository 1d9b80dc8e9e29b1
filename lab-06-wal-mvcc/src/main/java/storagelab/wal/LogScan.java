package storagelab.wal;

import java.io.Closeable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import storagelab.api.CorruptionException;
import storagelab.course.ExercisePart;
import storagelab.course.Solution;
import storagelab.file.StatsRecorder;
import storagelab.log.BatchRecord;

/**
 * Reads the batches of a log after a sequence, oldest first, over all of its segments.
 *
 * <p>A scan never returns a shorter history than there was on the disk:
 *
 * <ul>
 *   <li>Segments have consecutive numbers; one that is missing between two is an error.
 *   <li>Each segment but the last has to have every operation up to the sequence that the header of the next one says. What
 *       comes after it in the file is not returned: it was the torn end when the next segment was begun.
 *   <li>Operations after the one that the caller has must all be there: an error if the first segment begins later.
 *   <li>A last segment whose last record says that there is a next one is an error: that one is missing.
 *   <li>A last segment without any record is not an error if the one before does not say that there is a next one: the
 *       power was cut while it was created.
 * </ul>
 *
 * <p>Example: segments 4, 5 and 6 begin after the sequences 0, 120 and 300. A scan after 150 reads segments 5 and 6. It begins
 * with the batch that has operation 151, whole. If segment 5 ends at operation 290, the scan fails there.
 *
 * <p>Cost: O(bytes of the segments that are read); the header of each segment is read first. Concurrency: one thread.
 */
public final class LogScan implements Closeable {
    private final Path directory;
    private final StatsRecorder stats;
    private final List<Segment> segments;
    private final long afterSequence;
    private int index; // of the segment that is read
    private SegmentReader reader;
    private long lastSequence;

    /**
     * A segment of a log.
     *
     * @param number of the segment
     * @param header what its first record says
     */
    record Segment(long number, SegmentHeader header) {}

    /**
     * Where a log ends.
     *
     * @param segments all of them
     * @param unfinished number of a segment that was being created when the power was cut; 0 if there is none
     * @param end of the last batch
     * @param lastSequence of its last operation
     * @param closed whether the log was closed, so that all of it is on the disk
     */
    record End(List<Segment> segments, long unfinished, Lsn end, long lastSequence, boolean closed) {}

    private LogScan(Path directory, List<Segment> segments, long afterSequence, StatsRecorder stats) {
        this.directory = directory;
        this.stats = stats;
        this.segments = segments;
        this.afterSequence = afterSequence;
        for (int i = 0; i < segments.size(); i++) {
            index = segments.get(i).header.previousSequence() <= afterSequence ? i : index;
        }
        this.reader = SegmentReader.open(directory, segments.get(index).number, stats);
        this.lastSequence = segments.get(index).header.baseSequence();
    }

    /**
     * A scan of the operations with sequences greater than {@code afterSequence}.
     *
     * @throws CorruptionException if a segment is missing, or the first one begins after later operations
     */
    public static LogScan open(Path directory, long afterSequence, StatsRecorder stats) {
        List<Segment> segments = segments(directory, stats);
        Segment first = segments.get(0);
        long begin = first.header.previousSequence();
        if (begin > afterSequence) {
            throw new CorruptionException(
                    SegmentFiles.path(directory, first.number - 1),
                    0,
                    "a segment with the operations from sequence " + (afterSequence + 1),
                    "no such file; the log begins with sequence " + (begin + 1));
        }
        LogScan scan = new LogScan(directory, segments, afterSequence, stats);
        try {
            scan.checkBase(afterSequence);
            return scan;
        } catch (CorruptionException e) {
            try (scan) {
                throw e;
            }
        }
    }

    /**
     * The segments of the log in {@code directory}, in their order, with their headers ({@link SegmentReader#header}). The last
     * file is left out if it has no header and there are others: it was being created when the power was cut. {@link #next} finds
     * out whether it was more than that.
     *
     * <p>Example: files 4, 5, 6 and 7, of which 7 is empty: segments 4, 5 and 6. Files 4, 5 and 7: segment 6 is missing.
     *
     * <p>Cost: one header a segment is read, and every file is closed again.
     *
     * @throws CorruptionException if there is no file; if a number is missing between two ({@link #missing}); if any other
     *     segment than the last has no header ({@link #withoutHeader}); or if two segments have different identities, which are
     *     then of different logs. The message names the file
     */
    @ExercisePart("6.1")
    private static List<Segment> segments(Path directory, StatsRecorder stats) {
        List<Long> numbers = SegmentFiles.numbers(directory);
        if (numbers.isEmpty()) {
            throw new CorruptionException(directory, 0, "segments of a write-ahead log", "none");
        }
        List<Segment> segments = new ArrayList<>();
        for (long number : numbers) {
            long wanted = numbers.get(0) + segments.size();
            if (number != wanted) {
                throw missing(directory, wanted);
            }
            try (SegmentReader reader = SegmentReader.open(directory, number, stats)) {
                SegmentHeader header = reader.header();
                if (header != null) {
                    segments.add(new Segment(number, header));
                } else if (segments.isEmpty() || number != numbers.get(numbers.size() - 1)) {
                    throw withoutHeader(directory, number);
                }
            }
        }
        long identity = segments.get(0).header.identity();
        for (Segment segment : segments) {
            if (segment.header.identity() != identity) {
                throw new CorruptionException(
                        SegmentFiles.path(directory, segment.number), 0, "a segment of this log", "one of another log");
            }
        }
        return segments;
    }

    private static CorruptionException withoutHeader(Path directory, long number) {
        return new CorruptionException(
                SegmentFiles.path(directory, number), 0, "the first record of a segment", "none that can be read");
    }

    private static CorruptionException missing(Path directory, long number) {
        return new CorruptionException(
                SegmentFiles.path(directory, number),
                0,
                "segment " + number + " of the write-ahead log",
                "no such file");
    }

    /**
     * The next batch that has an operation after the caller's sequence; null at the end of the log. A batch that has such
     * operations and others is returned whole.
     *
     * <p>It reads the segment at {@link #index} with {@link #reader}, and goes on with the next one:
     *
     * <ul>
     *   <li>A segment with another one after it must have operations up to the {@link SegmentHeader#previousSequence} of that
     *       one, which this calls its last. Where it ends earlier, operations are missing.
     *   <li>After its last operation nothing more is read of it: the rest was a torn end when the next segment was begun. Its
     *       reader is closed, and {@link #checkBase} is called for the next one with the last sequence of this one.
     *   <li>{@link #lastSequence} is the sequence of the last operation that was read, and at the beginning of a segment its
     *       {@link SegmentHeader#baseSequence}. Each batch begins after it, and ends at the last operation of its segment or
     *       before.
     *   <li>If the last segment {@linkplain SegmentReader#isContinued says} that there is a next one, that one is {@link
     *       #missing}; or {@link #withoutHeader}, if there is a file of that number.
     * </ul>
     *
     * <p>Example: segments 4, 5 and 6 begin after the sequences 0, 120 and 300, and the caller has 150. Segment 5 is read from
     * its beginning: batches up to 150 are passed over, and the one with 151 is the first that is returned. If segment 5 ends at
     * 290, this throws there. After operation 300 segment 6 follows.
     *
     * <p>Cost: O(bytes) of the segments from the one on that has the first such operation. One file is open at a time.
     *
     * @throws CorruptionException if a record is damaged, or operations are missing
     */
    @ExercisePart("6.1")
    public @Nullable BatchRecord next() {
        BatchRecord batch = nextOfAll();
        while (batch != null && lastSequence <= afterSequence) {
            batch = nextOfAll();
        }
        return batch;
    }

    @Solution
    private @Nullable BatchRecord nextOfAll() {
        while (true) {
            long until =
                    index + 1 < segments.size() ? segments.get(index + 1).header.previousSequence() : Long.MAX_VALUE;
            BatchRecord batch = lastSequence < until ? reader.next() : null;
            if (batch != null) {
                long last = lastOf(batch);
                if (batch.sequence() <= lastSequence || last > until) {
                    throw new CorruptionException(
                            SegmentFiles.path(directory, segments.get(index).number),
                            reader.end().offset(),
                            "operations after sequence " + lastSequence
                                    + (until == Long.MAX_VALUE ? "" : " and up to " + until),
                            "operations " + batch.sequence() + " to " + last);
                }
                lastSequence = last;
                return batch;
            }
            if (index + 1 == segments.size()) {
                checkIsLast();
                return null;
            }
            goOn(until);
        }
    }

    @Solution
    private static long lastOf(BatchRecord batch) {
        return batch.sequence() + batch.batch().operations().size() - 1;
    }

    /** Begins the next segment, if this one had all operations {@code until} its beginning. */
    @Solution
    private void goOn(long until) {
        if (lastSequence < until) {
            throw new CorruptionException(
                    SegmentFiles.path(directory, segments.get(index).number),
                    reader.end().offset(),
                    "operations up to sequence " + until + ", as the next segment says",
                    "the end after sequence " + lastSequence);
        }
        reader.close();
        long had = lastSequence;
        index++;
        reader = SegmentReader.open(directory, segments.get(index).number, stats);
        checkBase(had);
        lastSequence = segments.get(index).header.baseSequence();
    }

    /** Fails if a store that has the operations up to {@code sequence} lacks operations that are in no segment. */
    private void checkBase(long sequence) {
        SegmentHeader header = segments.get(index).header;
        if (header.baseSequence() > header.previousSequence() && sequence < header.baseSequence()) {
            throw new CorruptionException(
                    SegmentFiles.path(directory, segments.get(index).number),
                    0,
                    "a store that has the operations up to sequence " + header.baseSequence(),
                    "one that has those up to " + sequence);
        }
    }

    @Solution
    private void checkIsLast() {
        long next = segments.get(index).number + 1;
        if (reader.isContinued()) {
            throw SegmentFiles.numbers(directory).contains(next)
                    ? withoutHeader(directory, next)
                    : missing(directory, next);
        }
    }

    /** Where the log ends. The scan has come to its end. */
    End end() {
        List<Long> numbers = SegmentFiles.numbers(directory);
        long lastFile = numbers.get(numbers.size() - 1);
        long lastSegment = segments.get(segments.size() - 1).number;
        return new End(
                List.copyOf(segments),
                lastFile > lastSegment ? lastFile : 0,
                reader.end(),
                lastSequence,
                reader.isClosed());
    }

    @Override
    public void close() {
        reader.close();
    }
}
