package storagelab.lsm;

import java.io.Closeable;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import storagelab.api.Durability;
import storagelab.api.Metric;
import storagelab.api.StoreClosedException;
import storagelab.api.StoreFailedException;
import storagelab.api.WriteBatch;
import storagelab.manifest.VersionSet;
import storagelab.sortedlog.MaintenanceKind;
import storagelab.sortedlog.StatsRecorder;

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

    /** A thread that is parked comes back about so much later than it should. */
    private static final long SPIN_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

    private final Path directory;
    private final LsmOptions options;
    private final StatsRecorder stats;
    private final VersionSet versions;
    private final LsmTree tree;
    private final Maintainer maintainer;
    private final CommitQueue queue = new CommitQueue();
    private WriteLog log;
    private volatile @Nullable Throwable failure;
    private volatile boolean closed;

    /** Writes that go into {@code tree}, and into {@code log} from now on. */
    WritePath(Path directory, LsmOptions options, StatsRecorder stats, Parts parts) {
        this.directory = directory;
        this.options = options;
        this.stats = stats;
        this.versions = parts.versions;
        this.tree = parts.tree;
        this.maintainer = parts.maintainer;
        this.log = parts.log;
    }

    /**
     * What a write path works with.
     *
     * @param versions give numbers to logs, and remember the last sequence
     * @param tree has the memtable
     * @param maintainer writes full memtables out
     * @param log takes the first writes
     */
    record Parts(VersionSet versions, LsmTree tree, Maintainer maintainer, WriteLog log) {}

    /** Returns when the batch was written, by this thread or by one that took it into its group. */
    void write(WriteBatch batch, Durability durability) {
        queue.write(batch, durability, this::commit);
    }

    /** Freezes the memtable, if there is anything in it, so that it is written out. */
    void rotateIfNotEmpty() {
        queue.alone(() -> {
            checkWritable();
            if (!tree.state().memtable().isEmpty()) {
                while (tree.state().frozen() != null) {
                    stop(WriteStallController.Cause.MEMTABLE);
                    checkWritable();
                }
                rotate();
            }
        });
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

    /** Waits for the writes that have begun, ends the maintenance, and syncs and closes the log. */
    @Override
    public void close() {
        queue.alone(() -> {
            if (closed) {
                return;
            }
            closed = true;
            maintainer.close();
            try (WriteLog last = log) {
                if (failure == null && maintainer.failure() == null) {
                    last.sync();
                }
            }
        });
    }

    /** Writes batches: to the log, to the memtable, and then for all to see. By one thread at a time. */
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
        WriteStallController.Cause cause = tree.stalls().slowdown();
        if (cause == null || options.maintenance() == MaintenanceKind.FOREGROUND) {
            return;
        }
        long bytes = batches.stream().mapToLong(CommitQueue::userBytes).sum();
        long start = System.nanoTime();
        long nanos = tree.stalls().delayNanos(bytes, start);
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

    /** Begins a new memtable if this one is full, and waits until one may be begun. */
    private void makeRoom() {
        while (tree.state().memtable().sizeBytes() >= options.memtableBytes()) {
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
        return options.maintenance() == MaintenanceKind.FOREGROUND
                ? null
                : tree.stalls().stop();
    }

    /** Waits until something was flushed or merged, or for a while. */
    private void stop(WriteStallController.Cause cause) {
        long start = System.nanoTime();
        maintainer.wake();
        maintainer.await(LOOK_AGAIN_NANOS);
        waited(cause, true, System.nanoTime() - start);
    }

    private void waited(WriteStallController.Cause cause, boolean wasStopped, long nanos) {
        tree.stalls().waited(cause, wasStopped, nanos);
        stats.increment(Metric.STALLS);
        stats.add(Metric.STALL_NANOS, nanos);
    }

    /** Freezes the memtable and begins a new one with a new log. */
    private void rotate() {
        try {
            log.sync();
            WriteLog next = WriteLog.create(directory, versions.newFileNumber(), options.fileAccess(), stats);
            tree.rotate(log, next.number());
            log = next;
        } catch (RuntimeException | Error e) {
            failure = e;
            throw e;
        }
        maintainer.wake();
    }
}
