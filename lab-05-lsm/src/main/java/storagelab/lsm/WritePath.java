package storagelab.lsm;

import java.io.Closeable;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import storagelab.api.Durability;
import storagelab.api.Metric;
import storagelab.api.SequenceNumber;
import storagelab.api.StoreClosedException;
import storagelab.api.StoreFailedException;
import storagelab.api.WriteBatch;
import storagelab.course.ExercisePart;
import storagelab.course.Solution;
import storagelab.file.StatsRecorder;
import storagelab.log.CommitLog;
import storagelab.log.CommitQueue;
import storagelab.manifest.VersionSet;

/**
 * What happens to a write: it waits for its turn ({@link CommitQueue}), goes to the log, is synced if that is wanted,
 * goes into the memtable, and then becomes visible, all of its group at once. When the memtable is full a new one is
 * begun, with a log of its own.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>What is visible is in the log.
 *   <li>A SYNCED write returns when it and all writes before it are on the disk: the log of a full memtable is synced
 *       before the next log takes a write.
 *   <li>Once a write to a log has failed no more are taken: nobody knows what is in it.
 * </ol>
 *
 * <p>Example: the memtable is full, and writers A and B come, B with SYNCED. A leads a group of one, since B wants
 * more: A finds the memtable full, syncs its log, creates the next one, freezes the memtable, and writes to the new
 * ones. B follows, and its sync covers A's write, too.
 *
 * <p>Concurrency: safe for many threads. What is not final is changed by the thread whose turn it is.
 */
final class WritePath implements Closeable {
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** So much may stay in the log when the store is closed, so that the next open has little to read. */
    private static final long LOG_BYTES_LEFT = 1 << 20;

    /** A thread that is parked comes back about so much later than it should. */
    private static final long SPIN_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

    private final Path directory;
    private final LsmOptions options;
    private final StatsRecorder stats;
    private final VersionSet versions;
    private final LsmTree tree;
    private final Maintainer maintainer;
    private final @Nullable WriteStallController stalls; // null if writers wait for nothing but the memtable
    private final CommitQueue queue = new CommitQueue();
    private CommitLog log;
    private volatile long syncedSequence; // up to which everything is in a log and on the disk
    private volatile @Nullable Throwable failure;
    private volatile boolean closed;

    /** Writes that go into {@code tree}, and into {@code log} from now on. */
    WritePath(Path directory, LsmOptions options, StatsRecorder stats, Parts parts) {
        this.directory = directory;
        this.options = options;
        this.stats = stats;
        this.versions = parts.versions;
        this.tree = parts.tree;
        this.stalls = parts.tree.stalls();
        this.maintainer = parts.maintainer;
        this.log = parts.log;
        this.syncedSequence = parts.versions.lastSequence(); // recovery has synced what it found
    }

    /**
     * What a write path works with.
     *
     * @param versions give numbers to logs, and remember the last sequence
     * @param tree has the memtable
     * @param maintainer writes full memtables out
     * @param log takes the first writes
     */
    record Parts(VersionSet versions, LsmTree tree, Maintainer maintainer, CommitLog log) {}

    /** Returns when the batch was written, by this thread or by one that took it into its group. */
    void write(WriteBatch batch, Durability durability) {
        queue.write(batch, durability, (batches, synced) -> {
            commit(batches, synced);
            if (synced) {
                syncedSequence = versions.lastSequence();
            }
        });
    }

    /**
     * Applies a batch at a sequence, alone. For a store without a log.
     *
     * @throws IllegalArgumentException if the sequence is not greater than the last one, or too large
     */
    void apply(long sequence, WriteBatch batch) {
        queue.alone(() -> {
            checkWritable();
            long last = versions.lastSequence();
            if (sequence <= last
                    || sequence > SequenceNumber.MAX - (batch.operations().size() - 1)) {
                throw new IllegalArgumentException(
                        "a batch of " + batch.operations().size() + " operations at sequence " + sequence
                                + "; the last is " + last + ", and " + SequenceNumber.MAX + " is the greatest");
            }
            if (!batch.isEmpty()) {
                delay(List.of(batch));
                makeRoom();
                versions.setLastSequence(added(sequence, batch));
            }
        });
    }

    /** Adds a batch to the memtable, and returns the sequence of its last operation. */
    private long added(long sequence, WriteBatch batch) {
        try {
            return tree.state().memtable().addAll(sequence, batch);
        } catch (RuntimeException | Error e) {
            failure = e;
            throw e;
        }
    }

    /** The sequence up to which everything is on the disk: in a synced log or, without a log, in tables. */
    long durableSequence() {
        return options.hasLog() ? syncedSequence : tree.sequenceInTables();
    }

    /** Returns when everything that was written before is on the disk: syncs the log or, without one, writes a table. */
    void checkpoint() {
        if (options.hasLog()) {
            queue.alone(() -> {
                checkWritable();
                syncLog();
            });
            return;
        }
        rotateIfNotEmpty();
        LsmMemtable full = tree.state().frozen();
        while (full != null && tree.state().frozen() == full) {
            maintainer.wake();
            maintainer.await(LOOK_AGAIN_NANOS);
            checkWritable();
        }
    }

    private void syncLog() {
        try {
            log.sync();
        } catch (RuntimeException | Error e) {
            failure = e;
            throw e;
        }
        syncedSequence = versions.lastSequence();
    }

    /** Freezes the memtable, if there is anything in it, so that it is written out. */
    void rotateIfNotEmpty() {
        queue.alone(() -> {
            checkWritable();
            if (!tree.state().memtable().isEmpty()) {
                awaitFlush();
                rotate();
            }
        });
    }

    /** Returns when there is no frozen memtable. */
    private void awaitFlush() {
        while (tree.state().frozen() != null) {
            stop(WriteStallController.Cause.MEMTABLE);
            checkWritable();
        }
    }

    /** Throws if the store takes no writes any more. */
    void checkWritable() {
        if (closed) {
            throw new StoreClosedException(directory.toString());
        }
        Throwable cause = failure != null ? failure : maintainer.failure();
        if (cause != null) {
            throw new StoreFailedException(directory.toString(), cause);
        }
    }

    /**
     * Waits for the writes that have begun and for the frozen memtable, writes the other one out if it is larger than {@value
     * #LOG_BYTES_LEFT} bytes or there is no log, ends the maintenance, and syncs and closes the log.
     *
     * @throws StoreFailedException if the memtable could not be written out; everything is closed then, and in the logs
     */
    @Override
    public void close() {
        queue.alone(() -> {
            if (closed) {
                return;
            }
            try {
                if (!hasFailed()) {
                    awaitFlush();
                    if (isToBeWrittenOut(tree.state().memtable())) {
                        rotate();
                        awaitFlush();
                    }
                }
            } finally {
                closed = true;
                maintainer.close();
                try (CommitLog last = log) {
                    if (!hasFailed()) {
                        last.sync();
                    }
                }
            }
        });
    }

    private boolean isToBeWrittenOut(LsmMemtable memtable) {
        return options.hasLog() ? memtable.sizeBytes() > LOG_BYTES_LEFT : !memtable.isEmpty();
    }

    private boolean hasFailed() {
        return failure != null || maintainer.failure() != null;
    }

    /**
     * Writes the batches of a group, by the thread whose turn it is. In this order:
     *
     * <ol>
     *   <li>{@link #checkWritable}; {@link #delay}; {@link #makeRoom}.
     *   <li>The log takes all operations of all batches as one record. Its sequence is the one behind the last that is visible,
     *       {@link VersionSet#lastSequence}. With {@code synced} it is on the disk then. If there is no operation in the batches
     *       nothing is appended; with {@code synced} what is there already is synced.
     *   <li>The memtable takes the operations, each under its own sequence.
     *   <li>The sequence of the last one becomes visible, and with it all of them at once.
     * </ol>
     *
     * <p>What is thrown in the second or third step is thrown on, and is the {@link #failure} of the store: nobody knows what
     * the log has now. What is thrown in the first step leaves the store as it was.
     *
     * <p>Example: the last sequence is 41, and the batches are {@code put(a, 1), delete(b)} and {@code put(a, 2)}. The log gets
     * a record of three operations that begins with 42. The memtable gets {@code a@42}, {@code b@43†}, {@code a@44}. Then 44
     * becomes visible. A get that looked for the last sequence before sees none of it, though the entries are there.
     *
     * <p>Cost: one call of the log and one insertion an operation.
     */
    @ExercisePart("5.7")
    private void commit(List<WriteBatch> batches, boolean synced) {
        checkWritable();
        delay(batches);
        makeRoom();
        long sequence = versions.lastSequence() + 1;
        try {
            if (!isNothing(batches)) {
                log.append(sequence, batches, synced);
            } else if (synced) {
                log.sync();
            }
            LsmMemtable memtable = tree.state().memtable();
            for (WriteBatch batch : batches) {
                for (WriteBatch.Operation operation : batch.operations()) {
                    memtable.add(sequence++, operation);
                }
            }
        } catch (RuntimeException | Error e) {
            failure = e;
            throw e;
        }
        versions.setLastSequence(sequence - 1);
    }

    @Solution
    private static boolean isNothing(List<WriteBatch> batches) {
        for (WriteBatch batch : batches) {
            if (!batch.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** Waits for as long as the controller says that these batches have to, so that merges keep up. */
    private void delay(List<WriteBatch> batches) {
        WriteStallController.Cause cause = stalls == null ? null : stalls.slowdown();
        if (stalls == null || cause == null) {
            return;
        }
        long bytes = batches.stream().mapToLong(CommitQueue::userBytes).sum();
        long start = System.nanoTime();
        long nanos = stalls.delayNanos(bytes, start);
        for (long left = nanos; left > 0; left = start + nanos - System.nanoTime()) {
            if (left > SPIN_NANOS) {
                LockSupport.parkNanos(left - SPIN_NANOS);
            } else {
                Thread.onSpinWait();
            }
        }
        if (nanos > 0) {
            waited(cause, false, System.nanoTime() - start);
        }
    }

    /**
     * Begins a new memtable if this one is full, which it is when {@link LsmMemtable#sizeBytes} is {@link
     * LsmOptions#memtableBytes} or more. If there is an {@link #obstacle}, lets {@link #stop} wait for it, and looks again:
     * there may be another one then. After each wait, and after the memtable was begun, it makes sure that the store is still
     * {@linkplain #checkWritable writable}: what everybody waits for may have failed.
     *
     * <p>Example: memtables of 4 MiB, and this one has 4 MiB less ten bytes: it takes the whole group, of whatever size. The
     * group after it finds it full.
     */
    @ExercisePart("5.7")
    private void makeRoom() {
        while (tree.flushesFullMemtables() && tree.state().memtable().sizeBytes() >= options.memtableBytes()) {
            WriteStallController.Cause cause = obstacle();
            if (cause == null) {
                rotate();
            } else {
                stop(cause);
            }
            checkWritable();
        }
    }

    /** Why no memtable may be begun now; null if one may. */
    private WriteStallController.@Nullable Cause obstacle() {
        if (tree.state().frozen() != null) {
            return WriteStallController.Cause.MEMTABLE;
        }
        return stalls == null ? null : stalls.stop();
    }

    /** Waits until something was flushed or merged, or for a while. */
    private void stop(WriteStallController.Cause cause) {
        long start = System.nanoTime();
        maintainer.wake();
        maintainer.await(LOOK_AGAIN_NANOS);
        waited(cause, true, System.nanoTime() - start);
    }

    private void waited(WriteStallController.Cause cause, boolean wasStopped, long nanos) {
        if (stalls != null) {
            stalls.waited(cause, wasStopped, nanos);
        }
        stats.increment(Metric.STALLS);
        stats.add(Metric.STALL_NANOS, nanos);
    }

    /**
     * Freezes the memtable and begins a new one with a log of its own. In this order:
     *
     * <ol>
     *   <li>Syncs the log that there is. Who gets a SYNCED write into the next one was promised that all before it is on the
     *       disk, too; and nobody will sync this one later.
     *   <li>Creates the {@linkplain #newLog next log}, with a new file number.
     *   <li>{@link LsmTree#rotate}, which is handed this log and the number of the next.
     *   <li>The next log is the one that takes writes.
     *   <li>Wakes the maintainer.
     * </ol>
     *
     * <p>What is thrown in the first three steps is thrown on, and is the {@link #failure} of the store.
     */
    @ExercisePart("5.7")
    private void rotate() {
        try {
            log.sync();
            CommitLog next = newLog();
            tree.rotate(log, next.number());
            log = next;
        } catch (RuntimeException | Error e) {
            failure = e;
            throw e;
        }
        maintainer.wake();
    }

    /** A log for the writes of the next memtable; {@link CommitLog#NONE} if the store has none. */
    private CommitLog newLog() {
        return options.hasLog()
                ? WriteLog.create(directory, versions.newFileNumber(), options.fileAccess(), stats)
                : CommitLog.NONE;
    }
}
