package storagelab.recovery;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import storagelab.api.WriteBatch;
import storagelab.file.StatsRecorder;
import storagelab.wal.LogTail;
import storagelab.wal.WriteAheadLog;

/**
 * The changes of a store after a sequence, in the order of their commits, from the store's log: first those that are there, then those
 * that come. A reader stores the {@link Change#lastSequence} of what it has worked off, and resumes there, in another process too.
 *
 * <p>A change is a group of commits, which the log has as one record: never a part of a commit, and commits are never out of order.
 * Each is returned once. If the sequence to begin after lies in the middle of a group, which it does not if a feed has returned it,
 * that group is returned as a whole.
 *
 * <p>Example: A and B commit together, with the sequences 7 and 8, then C with 9. A feed after 6 returns a change with 7 and 8, one
 * with 9, and nothing until there is another commit. A feed after 8 returns the change with 9 first.
 *
 * <p>Errors: {@link storagelab.api.LogTruncatedException} if the log does not have the next operations any more, because checkpoints
 * have cut it ({@link FeedOptions.Truncation}), or because a power cut has taken from the log what the engine had on the disk already.
 * {@link storagelab.api.CorruptionException} if a record is damaged.
 *
 * <p>Cost: reads the log once, in pieces; writers do not notice it.
 *
 * <p>Concurrency: one thread at a time; {@link #close} may be called by any.
 */
public final class ChangeFeed implements AutoCloseable {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final WriteAheadLog log;
    private final LongSupplier visible;
    private final FeedOptions options;
    private final LogHolds holds;
    private final LogTail tail;
    private LogTail.@Nullable Entry waiting; // was read and cannot be returned yet
    private long sequence; // guarded by this
    private boolean closed; // guarded by this

    /**
     * A group of commits.
     *
     * @param sequence of the first operation
     * @param batch all operations, in order
     */
    public record Change(long sequence, WriteBatch batch) {
        /** The sequence of the last operation: a feed after it goes on with the next change. */
        public long lastSequence() {
            return sequence + batch.operations().size() - 1;
        }
    }

    /**
     * What a feed follows.
     *
     * @param log of the store
     * @param directory of the log
     * @param holds keep the log from being cut
     * @param visible says up to which sequence readers see the store
     */
    record Source(WriteAheadLog log, Path directory, LogHolds holds, LongSupplier visible) {}

    private ChangeFeed(Source source, LogTail tail, long afterSequence, FeedOptions options) {
        this.log = source.log;
        this.visible = source.visible;
        this.holds = source.holds;
        this.tail = tail;
        this.sequence = afterSequence;
        this.options = options;
    }

    /** A feed of the changes after {@code afterSequence}. */
    static ChangeFeed open(Source source, long afterSequence, FeedOptions options, StatsRecorder stats) {
        synchronized (source.holds) { // no segment is deleted between looking at it and holding it
            LogTail tail = LogTail.open(source.directory, source.log, afterSequence, stats);
            if (options.truncation() == FeedOptions.Truncation.HELD_BACK) {
                source.holds.hold(afterSequence);
            }
            return new ChangeFeed(source, tail, afterSequence, options);
        }
    }

    /** The sequence of the last operation that was returned; at first, the one that the feed began after. */
    public synchronized long sequence() {
        return sequence;
    }

    /**
     * The next change, if there is one now.
     *
     * @throws IllegalStateException if the feed is closed
     */
    public synchronized Optional<Change> poll() {
        if (closed) {
            throw new IllegalStateException("the feed is closed");
        }
        LogTail.Entry entry = waiting == null ? tail.next() : waiting;
        if (entry == null || !isWithinReach(entry)) {
            waiting = entry;
            return Optional.empty();
        }
        waiting = null;
        if (options.truncation() == FeedOptions.Truncation.HELD_BACK) {
            holds.move(sequence, entry.lastSequence());
        }
        sequence = entry.lastSequence();
        return Optional.of(new Change(entry.record().sequence(), entry.record().batch()));
    }

    private boolean isWithinReach(LogTail.Entry entry) {
        boolean isDurable =
                options.reach() == FeedOptions.Reach.VISIBLE || log.durable().compareTo(entry.end()) >= 0;
        return isDurable && visible.getAsLong() >= entry.lastSequence();
    }

    /**
     * The next change. Waits for it, and looks for it each millisecond; nothing if there is none in {@code time}, or the thread was
     * interrupted, as which it stays.
     */
    public Optional<Change> poll(Duration time) {
        long start = System.nanoTime();
        Optional<Change> next = poll();
        while (next.isEmpty()
                && System.nanoTime() - start < time.toNanos()
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(LOOK_NANOS);
            next = poll();
        }
        return next;
    }

    /** Lets the log be cut. Closing twice does nothing. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            tail.close();
            if (options.truncation() == FeedOptions.Truncation.HELD_BACK) {
                holds.release(sequence);
            }
        }
    }
}
