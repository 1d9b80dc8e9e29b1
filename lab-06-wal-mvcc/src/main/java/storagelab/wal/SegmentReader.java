package storagelab.wal;

import java.io.Closeable;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import storagelab.api.CorruptionException;
import storagelab.api.Slice;
import storagelab.course.ExercisePart;
import storagelab.course.Solution;
import storagelab.file.StatsRecorder;
import storagelab.file.StoreFile;
import storagelab.log.BatchRecord;
import storagelab.log.LogReader;
import storagelab.log.PreparedSpace;
import storagelab.log.RecordFrame;
import storagelab.log.SalvageLogReader;

/**
 * Reads the batches of one segment, in order, and says how it ends.
 *
 * <p><b>The end.</b> A record that is not where the one before it ended has not been written to its end, or it is damaged. It
 * is damaged if any readable record of the segment further on says that its bytes had been on the disk: then this is a {@link
 * CorruptionException} with the place. Otherwise it is the torn end that a power cut leaves: reading ends before it, and
 * nothing after it is returned. That a readable record follows proves nothing by itself: what was not synced reaches the disk
 * in any order.
 *
 * <p>Example: records at 0, 60 and 200, of which the second cannot be read. The third says that 200 bytes were on the disk:
 * byte 60 is damaged. If it says that 60 bytes were on the disk, the segment ends at byte 60.
 *
 * <p>Cost: O(bytes); a block and a record are in memory. A torn or damaged end is read once more. Concurrency: one thread.
 */
final class SegmentReader implements Closeable {
    private final long number;
    private final StoreFile file;
    private final LogReader records;
    private final @Nullable SegmentHeader header;
    private long end; // of the last record that was returned
    private WalRecord.@Nullable Kind last; // kind of that record

    private SegmentReader(StoreFile file, long number) {
        this.number = number;
        this.file = file;
        // The listener ignores damage: a record that is missing is seen by the place of the next one.
        this.records = new LogReader(file, damage -> {});
        Slice first = records.next();
        this.header = first == null ? null : SegmentHeader.decode(first, number, file.path());
        this.end = first == null ? 0 : RecordFrame.end(0, first.length());
    }

    /**
     * Opens a segment.
     *
     * @throws CorruptionException if its first record is not the header of this segment
     */
    static SegmentReader open(Path directory, long number, StatsRecorder stats) {
        StoreFile file = StoreFile.openForReading(SegmentFiles.path(directory, number), stats);
        try {
            return new SegmentReader(file, number);
        } catch (RuntimeException | Error e) {
            try (file) {
                throw e;
            }
        }
    }

    /** What its first record says. Null if there is none: the segment was being created when the power was cut. */
    @Nullable
    SegmentHeader header() {
        return header;
    }

    /** Where the last record ends that was read. */
    Lsn end() {
        return Lsn.of(number, end);
    }

    /** Whether the last record says that the log goes on in the next segment. */
    boolean isContinued() {
        return last == WalRecord.Kind.NEXT;
    }

    /** Whether the file has nothing after the record that says that the log was closed: all of it is on the disk. */
    boolean isClosed() {
        return last == WalRecord.Kind.END && end == file.sizeBytes();
    }

    /**
     * The next batch; null at the end.
     *
     * @throws CorruptionException if a record is damaged
     */
    @Nullable
    BatchRecord next() {
        for (WalRecord record = nextRecord(); record != null; record = nextRecord()) {
            last = record.kind();
            if (last == WalRecord.Kind.BATCH) {
                try {
                    return BatchRecord.decode(record.body());
                } catch (IllegalArgumentException e) {
                    throw damaged(record.place().offset(), "a batch", String.valueOf(e.getMessage()));
                }
            }
        }
        return null;
    }

    /**
     * The next record; null where the segment ends.
     *
     * <p>The next record is in its place if the next bytes that {@link #records} gives are a record of this log ({@link
     * #decodeOrNull}) which says that it begins where the one before ended ({@link RecordFrame#start} of {@link #end}). Then
     * {@link #end} moves behind it.
     *
     * <p>Otherwise there is no record at that place, and the segment ends there or is damaged there:
     *
     * <ul>
     *   <li>If there are only zeros after the last record, or nothing, the segment ends.
     *   <li>If any readable record of this segment at a later place says that the place had been on the disk, which its {@link
     *       WalRecord#durable} says if it is greater, the bytes there are damaged. {@link SalvageLogReader} finds what can be
     *       read in the rest of the file. A record that contradicts itself, since it says that more was on the disk than its
     *       own place, proves nothing.
     *   <li>Otherwise it is the torn end that a power cut leaves. What follows is not returned, even if it can be read: sectors
     *       that were not synced reach the disk in any order.
     * </ul>
     *
     * <p>Example: records at 60, 120 and 200, and a bit of the one at 120 is flipped. If the one at 200 says that {@code 1/120}
     * was durable, byte 120 never was: the segment ends at 120. If it says {@code 1/200}, this throws.
     *
     * <p>Cost: each byte is read once, and a torn or damaged end twice.
     *
     * @throws CorruptionException if the record is damaged; it names the file and the place
     */
    @ExercisePart("6.1")
    private @Nullable WalRecord nextRecord() {
        SegmentHeader known = header;
        if (known == null) {
            return null;
        }
        long start = RecordFrame.start(end);
        Slice bytes = records.next();
        if (bytes != null) {
            WalRecord record = decodeOrNull(bytes, known);
            if (record != null && record.place().equals(Lsn.of(number, start))) {
                end = RecordFrame.end(start, bytes.length());
                return record;
            }
        }
        if (!PreparedSpace.isZeroFrom(file, end)) {
            checkTorn(start, known);
        }
        return null;
    }

    private static @Nullable WalRecord decodeOrNull(Slice bytes, SegmentHeader header) {
        try {
            return WalRecord.decode(bytes, header.identity());
        } catch (IllegalArgumentException e) {
            return null; // it is not a record of this log
        }
    }

    /** Throws if a record says that the one which should begin at {@code start} had been on the disk. */
    @Solution
    private void checkTorn(long start, SegmentHeader known) {
        Lsn missing = Lsn.of(number, start);
        SalvageLogReader rest = new SalvageLogReader(file, damage -> {});
        for (Slice bytes = rest.next(); bytes != null; bytes = rest.next()) {
            WalRecord record = decodeOrNull(bytes, known);
            if (record != null && isAfter(missing, record) && record.durable().compareTo(missing) > 0) {
                throw damaged(
                        start,
                        "a record, since the one at " + record.place() + " says that it was on the disk",
                        "bytes that are not one");
            }
        }
    }

    @Solution
    private boolean isAfter(Lsn place, WalRecord record) {
        return record.place().segment() == number
                && record.place().compareTo(place) > 0
                && record.durable().compareTo(record.place()) <= 0;
    }

    private CorruptionException damaged(long offset, String expected, String actual) {
        return new CorruptionException(file.path(), offset, expected, actual);
    }

    @Override
    public void close() {
        file.close();
    }
}
