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
     * Opens the log in {@code directory}: hands over every batch that has an operation after {@code afterSequence}, and goes on
     * from there. Everything that was handed over is on the disk when this returns.
     *
     * @param afterSequence the last operation that the engine has
     * @param replay is given the batches in order
     * @throws storagelab.api.CorruptionException if a record is damaged or operations are missing
     */
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
     * operating system: a process that is killed does not lose it.
     *
     * @param sequence of the first operation, greater than {@link #lastSequence}
     * @param isSyncNext whether the caller syncs the log next. It changes only the cost: storing into a mapped file is the
     *     cheapest way to append, and syncing what was written by a call of the operating system is the cheapest sync
     * @return where the record ends: it is durable when {@link #durable} is there
     * @throws IllegalArgumentException if the sequence is not greater, or there is no operation
     */
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
            SegmentWriter current = writerOfSegmentWithRoom();
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

    private SegmentWriter writerOfSegmentWithRoom() {
        SegmentWriter current = writer;
        if (current != null && (end & Lsn.OFFSET_MAX) < options.segmentBytes()) {
            return current;
        }
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
     * enough.
     */
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
     * segment. Each deletion is on the disk before the next: a crash leaves no gap.
     */
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
