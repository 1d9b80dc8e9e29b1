package storagelab.wal;

import java.io.Closeable;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.api.StoreClosedException;
import storagelab.api.StoreFailedException;
import storagelab.api.WriteBatch;
import storagelab.codec.ByteWriter;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.course.ExercisePart;
import storagelab.course.Solution;
import storagelab.file.Directories;
import storagelab.file.StatsRecorder;
import storagelab.file.StoreFile;
import storagelab.log.BatchRecord;
import storagelab.log.ChannelLogOutput;
import storagelab.log.LogWriter;
import storagelab.log.RecordFrame;

/**
 * The log of a store: batches in the order in which they were committed, in segments that are files of their own, so that
 * the oldest can be deleted when the engine has what they have.
 *
 * <p>A record is appended to the last segment. When that has {@link WalOptions#segmentBytes} or more, the next one is begun,
 * in this order:
 *
 * <ol>
 *   <li>The last segment is synced and closed. From here on a wrong byte in it is damage.
 *   <li>The next one is created, with a header that says which sequence comes before it. It is synced, and so is the
 *       directory.
 *   <li>A record that says that there is a next one is appended to the old segment, and that is synced. From here on it is an
 *       error if the next one is missing.
 *   <li>Only now the next one takes batches.
 * </ol>
 *
 * <p>Opening a log again begins a new segment with the first append, and none if there is no append.
 *
 * <p>Example: segments of 100 bytes, and records of 60. Records 1 and 2 are in segment 1, which then has more than 100 bytes;
 * record 3 begins segment 2.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>Sequences ascend from record to record.
 *   <li>{@link #durable} ≤ {@link #end}; neither goes back.
 *   <li>Every segment but the last one is on the disk as a whole.
 * </ol>
 *
 * <p>Errors: {@link storagelab.api.StorageIoException} when the file system refuses. After an append or sync has thrown
 * anything, the content of the file is unknown: every later append and sync throws {@link StoreFailedException}. After {@link
 * #close} they throw {@link StoreClosedException}, but a sync that has nothing to do returns.
 *
 * <p>Concurrency: one thread at a time appends; {@link #sync}, {@link #truncate}, {@link #end} and {@link #durable} may be
 * called by others meanwhile. A sync does not keep appends waiting, unless they begin a segment.
 */
public final class WriteAheadLog implements Closeable {
    private final Path directory;
    private final WalOptions options;
    private final StatsRecorder stats;
    private final long identity;
    private final Deque<LogScan.Segment> segments; // guarded by itself
    private final ReentrantLock syncing = new ReentrantLock(); // held by a sync, and while a segment is begun
    private final ByteWriter body = new ByteWriter(4 << 10);
    private final ByteWriter record = new ByteWriter(4 << 10);

    // Changed by the thread that appends, holding the lock.
    private @Nullable SegmentWriter writer; // null until the first append

    /** Sequence of the last operation in the segments; less than {@code lastSequence} if the engine had more when it was opened. */
    private long previousSequence;

    private volatile long lastSequence;
    private volatile long end; // a packed Lsn
    private volatile long durable; // a packed Lsn
    private volatile @Nullable Throwable failure;
    private volatile boolean closed;

    private WriteAheadLog(Path directory, SegmentHeader first, WalOptions options, StatsRecorder stats) {
        this.directory = directory;
        this.options = options;
        this.stats = stats;
        this.identity = first.identity();
        this.segments = new ArrayDeque<>();
    }

    /**
     * Creates a log in {@code directory}, which exists. Segment 1 and its name are on the disk when this returns.
     *
     * @param sequence the log has operations after this one
     */
    public static WriteAheadLog create(Path directory, long sequence, WalOptions options, StatsRecorder stats) {
        long identity = ThreadLocalRandom.current().nextLong();
        return create(directory, new SegmentHeader(identity, 0, sequence), options, stats);
    }

    /** Creates a log whose first segment has this header. */
    static WriteAheadLog create(Path directory, SegmentHeader first, WalOptions options, StatsRecorder stats) {
        WriteAheadLog log = new WriteAheadLog(directory, first, options, stats);
        log.lastSequence = first.baseSequence();
        SegmentWriter unused = log.begin(1, first);
        log.add(1, first);
        return log;
    }

    /**
     * Opens the log in {@code directory} after a crash or a close: hands over every batch that has an operation after {@code
     * afterSequence}, and goes on from there. In this order:
     *
     * <ol>
     *   <li>{@link LogScan} gives the batches, each of which {@code replay} is given, in order. What it or {@code replay} throws
     *       propagates; nothing on the disk has changed then, and no file is left open.
     *   <li>What was read is made durable, and what was torn is cut off: {@link StoreFile#settle} of the last segment to the end
     *       that {@link LogScan#end} says. A log that was closed has nothing to settle.
     *   <li>A segment that was {@linkplain LogScan.End#unfinished being created} is deleted, and the directory synced.
     * </ol>
     *
     * <p>So everything that was handed over is on the disk when this returns, and a later power cut cannot take it, though the
     * engine may have it already.
     *
     * <p>{@link #end} and {@link #durable} are then the end of the last record; {@link #lastSequence} is the last sequence of the
     * log, or {@code afterSequence} if that is greater. An engine may have more than its log: it may have written by itself what a
     * power cut has taken from the log. The next segment says so, with {@link #previousSequence} of the log and the greater {@link
     * #lastSequence} as its base.
     *
     * <p>No segment is begun: the next append does that. So a log that is opened and closed a thousand times without an append has
     * the files that it had.
     *
     * <p>Example: the engine has the operations up to 120, the log has batches of ten, and ends with half of the record of 151 to
     * 160. {@code replay} is given 121 to 130, 131 to 140 and 141 to 150. The half record is cut off. The last sequence is 150.
     *
     * <p>Cost: the segments with those batches are read once, and one file is synced.
     *
     * @param afterSequence the last operation that the engine has
     * @param replay is given the batches in order
     * @throws storagelab.api.CorruptionException if a record is damaged or operations are missing
     */
    @ExercisePart("6.5")
    public static WriteAheadLog open(
            Path directory, long afterSequence, WalOptions options, StatsRecorder stats, Consumer<BatchRecord> replay) {
        LogScan.End end;
        try (LogScan scan = LogScan.open(directory, afterSequence, stats)) {
            for (BatchRecord batch = scan.next(); batch != null; batch = scan.next()) {
                replay.accept(batch);
            }
            end = scan.end();
        }
        WriteAheadLog log = new WriteAheadLog(directory, end.segments().get(0).header(), options, stats);
        log.segments.addAll(end.segments());
        log.settle(end);
        log.lastSequence = Math.max(end.lastSequence(), afterSequence);
        return log;
    }

    /** Deletes all segments in {@code directory}: of a log that was being created when the power was cut. */
    public static void deleteAll(Path directory) {
        SegmentFiles.numbers(directory).forEach(number -> StoreFile.delete(SegmentFiles.path(directory, number)));
    }

    /** Makes durable what was read of the last segment, and removes what was not. */
    @Solution
    private void settle(LogScan.End found) {
        if (!found.closed()) {
            Path last = SegmentFiles.path(directory, found.end().segment());
            StoreFile.settle(last, found.end().offset(), stats);
        }
        if (found.unfinished() != 0) {
            StoreFile.delete(SegmentFiles.path(directory, found.unfinished()));
            Directories.sync(directory, stats);
        }
        previousSequence = found.lastSequence();
        end = found.end().packed();
        durable = end;
    }

    /** Appends batches as {@link #append(long, List, boolean)} does, for a caller that does not wait for a sync. */
    public Lsn append(long sequence, List<WriteBatch> batches) {
        return append(sequence, batches, false);
    }

    /**
     * Appends batches as one record, which has their operations as if they were one batch. When this returns, it is with the
     * operating system: a process that is killed does not lose it. Nothing is synced, unless a segment is begun.
     *
     * <p>In this order:
     *
     * <ol>
     *   <li>{@link #checkUsable}, then the arguments. What they throw leaves the log as it was.
     *   <li>{@link #beginSegment}, if there is no writer yet or the segment has {@link WalOptions#segmentBytes} or more. A
     *       record is never divided between segments.
     *   <li>The record is appended with one call of {@link SegmentWriter#append}, which is told {@code isSyncNext}. Its data are the head of a {@link
     *       WalRecord.Kind#BATCH} ({@link WalRecord#putHead}) and the batches as {@link BatchRecord#encode} says. The head has
     *       the place where the record begins ({@link RecordFrame#start} of the end of the log), and {@link #durable}.
     *   <li>{@link WalMetrics#RECORDS} counts one more, and {@link WalMetrics#BYTES} the bytes of the data. {@link
     *       #lastSequence} is the sequence of the last operation, and {@link #end} is where the record ends ({@link
     *       RecordFrame#end}).
     * </ol>
     *
     * <p>What is thrown from the second step on is the {@link #failure} of the log, and propagates: the content of the file is
     * unknown then.
     *
     * <p>Example: a new log, whose segment 1 has the header in its bytes 0 to 59. {@code append(1, [put(a, 1), delete(b)])}
     * appends 37 bytes of data, 17 for the head and 20 for the batch, in one chunk: bytes 60 to 103. It returns {@code 1/104},
     * and the last sequence is 2. The bytes are in {@code notes/formats/write-ahead-log.md}.
     *
     * <p>Cost: one call of the operating system a record, and each byte is copied a constant number of times, into buffers that
     * are used again.
     *
     * @param sequence of the first operation, greater than {@link #lastSequence}
     * @param isSyncNext whether the caller syncs the log next. It changes only the cost: storing into a mapped file is the
     *     cheapest way to append, and syncing what was written by a call of the operating system is the cheapest sync
     * @return where the record ends: it is durable when {@link #durable} is there
     * @throws IllegalArgumentException if the sequence is not greater, or there is no operation
     * @throws StoreClosedException if the log is closed
     * @throws StoreFailedException if an append or a sync has failed before
     */
    @Exercise(
            id = "6.1",
            title = "A log in segments",
            points = 8,
            difficulty = Difficulty.HARD,
            hours = 7,
            needs = {"5.3", "5.7"})
    public Lsn append(long sequence, List<WriteBatch> batches, boolean isSyncNext) {
        checkUsable();
        int count = 0;
        for (WriteBatch batch : batches) {
            count += batch.operations().size();
        }
        if (sequence <= lastSequence || count == 0) {
            throw new IllegalArgumentException(
                    count + " operations at sequence " + sequence + " of a log that has sequence " + lastSequence);
        }
        try {
            SegmentWriter current = writer;
            if (current == null || (end & Lsn.OFFSET_MAX) >= options.segmentBytes()) {
                current = beginSegment();
            }
            Lsn place = new Lsn(end & ~Lsn.OFFSET_MAX | RecordFrame.start(end & Lsn.OFFSET_MAX));
            WalRecord.putHead(WalRecord.Kind.BATCH, place, durable(), identity, record);
            record.putBytes(BatchRecord.encode(sequence, batches, body));
            current.append(record.view(), isSyncNext);
            stats.increment(WalMetrics.RECORDS);
            stats.add(WalMetrics.BYTES, record.size());
            lastSequence = sequence + count - 1;
            previousSequence = lastSequence;
            end = Lsn.of(place.segment(), RecordFrame.end(place.offset(), record.size()))
                    .packed();
            return end();
        } catch (RuntimeException | Error e) {
            failure = e;
            throw e;
        }
    }

    /**
     * Begins the next segment, for the next record. While it does, it holds {@link #syncing}, so that no sync is under way. In
     * this order:
     *
     * <ol>
     *   <li>{@link #closeSegment}: all that was appended is on the disk. From here on a wrong byte in it is damage.
     *   <li>{@link #begin} of the next number. The header has the {@link #identity} of the log, the {@link #previousSequence}
     *       and the {@link #lastSequence}. The segment and its name are on the disk then.
     *   <li>{@link #appendAlone} of {@link WalRecord.Kind#NEXT} to the segment before: from here on it is an error if the next
     *       one is missing. Not earlier, since a power cut would then leave a log that wants a segment which never was.
     *   <li>{@link #add}: truncation may delete the segment before from here on. Not earlier, since it is written to in the
     *       third step.
     * </ol>
     *
     * <p>Example: segment 1 is full, with operations up to 120. It is synced and closed. {@code 00000002.wal} is created with
     * the header (identity, 120, 120) and synced, and then the directory. A record of kind NEXT is appended to {@code
     * 00000001.wal} and synced. Operation 121 goes to segment 2.
     *
     * <p>Cost: three syncs of files and one of the directory, whatever is in the segments.
     *
     * @return what the next record is appended to
     */
    @ExercisePart("6.1")
    private SegmentWriter beginSegment() {
        syncing.lock();
        try {
            closeSegment();
            long old = end().segment();
            SegmentHeader header = new SegmentHeader(identity, previousSequence, lastSequence);
            SegmentWriter next = begin(old + 1, header);
            appendAlone(old, WalRecord.Kind.NEXT);
            add(old + 1, header); // not before: the old one must not be deleted while it is written to
            return next;
        } finally {
            syncing.unlock();
        }
    }

    private void add(long number, SegmentHeader header) {
        synchronized (segments) {
            segments.addLast(new LogScan.Segment(number, header));
        }
    }

    /** Syncs the segment that is written to, and closes it, if there is one. */
    private void closeSegment() {
        SegmentWriter last = writer;
        if (last != null) {
            writer = null;
            try (last) {
                last.sync();
                durable = end;
            }
        }
    }

    /** Creates a segment with its header, durably. */
    private SegmentWriter begin(long number, SegmentHeader header) {
        SegmentWriter next = new SegmentWriter(options.access().create(SegmentFiles.path(directory, number), stats));
        writer = next;
        Slice encoded = header.encode(number);
        next.appendSynced(encoded);
        Directories.sync(directory, stats);
        end = Lsn.of(number, RecordFrame.end(0, encoded.length())).packed();
        durable = end;
        stats.increment(WalMetrics.SEGMENTS_BEGUN);
        return next;
    }

    /** Appends a record without a body to a segment that is closed, and syncs it. */
    private void appendAlone(long number, WalRecord.Kind kind) {
        try (ChannelLogOutput old = ChannelLogOutput.continuing(SegmentFiles.path(directory, number), stats)) {
            Lsn place = Lsn.of(number, RecordFrame.start(old.sizeBytes()));
            WalRecord.putHead(kind, place, place, identity, record);
            new LogWriter(old).appendSynced(record.view());
        }
    }

    /**
     * Returns when everything that was appended before the call is on the disk. If another thread's sync covers it, that one is
     * enough: of the threads that call this at the same time, one syncs at a time, and the others look again at {@link #durable}
     * when it has.
     *
     * <p>Appends go on while the file is synced. What is appended meanwhile is not durable when this returns; so {@link
     * #durable} becomes the end of the log <em>before</em> the sync began.
     *
     * <p>A sync with something to do counts in {@link WalMetrics#SYNCS}. What it throws is the {@link #failure} of the log, and
     * propagates: the operating system may have dropped what it could not write.
     *
     * <p>Example: three records are appended, up to {@code 1/300}; A calls sync. While the disk works, a fourth is appended, up
     * to {@code 1/360}, and B and C call sync. When A's sync ends, {@link #durable} is {@code 1/300}. B syncs, C waits; then
     * {@link #durable} is {@code 1/360} and C returns: two syncs.
     *
     * <p>Cost: one sync of one file, and none if everything is on the disk already.
     *
     * @throws StoreFailedException if an append or a sync has failed before, and there is something to sync
     * @throws StoreClosedException if the log is closed, and there is something to sync
     */
    @ExercisePart("6.1")
    public void sync() {
        long wanted = end;
        if (durable >= wanted) {
            return;
        }
        syncing.lock();
        try {
            checkUsable();
            SegmentWriter current = writer;
            if (durable < wanted && current != null) {
                long covered = end;
                current.sync();
                stats.increment(WalMetrics.SYNCS);
                durable = covered;
            }
        } catch (RuntimeException | Error e) {
            failure = failure == null ? e : failure;
            throw e;
        } finally {
            syncing.unlock();
        }
    }

    /**
     * Deletes the segments all of whose operations have sequences up to {@code sequence}, the oldest first; never the last
     * segment. A segment's operations end at {@link SegmentHeader#previousSequence} of the one after it.
     *
     * <p>Each deletion is on the disk ({@link Directories#sync}) before the next one: a power cut leaves no gap. Each counts in
     * {@link WalMetrics#SEGMENTS_DELETED}.
     *
     * <p>Appends, syncs and other truncations may be under way: {@link #segments} is guarded by itself, and not held while a file is
     * deleted. A segment is taken off the list before its file is deleted.
     *
     * <p>Example: segments 4, 5 and 6, which begin after the sequences 0, 120 and 300. {@code truncate(299)} deletes segment 4,
     * {@code truncate(300)} segment 5, too. {@code truncate(1000)} deletes no more than that.
     *
     * <p>Cost: a deletion and a sync of the directory for each segment; nothing if there is none to delete.
     */
    @ExercisePart("6.4")
    public void truncate(long sequence) {
        while (true) {
            LogScan.Segment oldest;
            synchronized (segments) {
                LogScan.Segment first = segments.peekFirst();
                LogScan.Segment second = segments.stream().skip(1).findFirst().orElse(null);
                if (first == null || second == null || second.header().previousSequence() > sequence) {
                    return;
                }
                segments.removeFirst();
                oldest = first;
            }
            StoreFile.delete(SegmentFiles.path(directory, oldest.number()));
            Directories.sync(directory, stats);
            stats.increment(WalMetrics.SEGMENTS_DELETED);
        }
    }

    /** Where the last record ends. */
    public Lsn end() {
        return new Lsn(end);
    }

    /** Every byte before this place is on the disk. */
    public Lsn durable() {
        return new Lsn(durable);
    }

    /** The sequence of the last operation; of a log without one, the sequence that it begins after. */
    public long lastSequence() {
        return lastSequence;
    }

    /** Whether an append or a sync has failed, so that the log takes no more records. */
    public boolean hasFailed() {
        return failure != null;
    }

    /** Throws if the log takes no records any more. */
    private void checkUsable() {
        if (closed) {
            throw new StoreClosedException(directory.toString());
        }
        Throwable cause = failure;
        if (cause != null) {
            throw new StoreFailedException(directory.toString(), cause);
        }
    }

    /**
     * Syncs the log, appends a record that says so, and closes the file. Closing twice does nothing. A log that has failed is
     * only closed.
     */
    @Override
    public void close() {
        syncing.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            SegmentWriter last = writer;
            if (last == null) {
                return;
            }
            if (failure != null) {
                last.close();
                return;
            }
            closeSegment();
            appendAlone(end().segment(), WalRecord.Kind.END);
        } finally {
            syncing.unlock();
        }
    }
}
