package storagelab.sortedlog;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import storagelab.api.MaintenanceKind;
import storagelab.api.StoreClosedException;
import storagelab.api.StoreFailedException;
import storagelab.file.StatsRecorder;

/**
 * What the threads of one store share: where its entries are, whether it is open, whether it has failed.
 *
 * <p>Concurrency: the sources change under the write lock. Who reads them and then uses a table of theirs holds the read
 * lock as long as that takes, because tables are closed when no reader can be in them.
 */
final class StoreState {
    private final Path directory;
    private final SortedLogOptions options;
    private final StatsRecorder stats;
    private final ReadWriteLock lock;
    private final AtomicLong nextFileNumber;
    private volatile Sources sources;
    private volatile boolean closed;
    private @Nullable Throwable failure; // guarded by this
    private boolean failureSeen; // guarded by this

    StoreState(Path directory, SortedLogOptions options, StatsRecorder stats, Recovery.Recovered recovered) {
        this.directory = directory;
        this.options = options;
        this.stats = stats;
        this.lock = options.maintenance() == MaintenanceKind.BACKGROUND
                ? new FairReadWriteLock()
                : new ReentrantReadWriteLock(true);
        this.sources = new Sources(recovered.memtable(), List.of(), recovered.tables());
        this.nextFileNumber = new AtomicLong(recovered.nextFileNumber());
    }

    Path directory() {
        return directory;
    }

    SortedLogOptions options() {
        return options;
    }

    StatsRecorder stats() {
        return stats;
    }

    /** Held for reading by whoever uses the sources, for writing by whoever replaces them. */
    ReadWriteLock lock() {
        return lock;
    }

    /** Where the entries are now. */
    Sources sources() {
        return sources;
    }

    /** A number that no file has. */
    long newFileNumber() {
        return nextFileNumber.getAndIncrement();
    }

    /** Replaces the sources. When this returns no reader uses the old ones. */
    void change(UnaryOperator<Sources> step) {
        lock.writeLock().lock();
        try {
            sources = step.apply(sources);
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** From now on {@link #checkOpen} throws. When this returns no reader uses the sources. */
    void close() {
        lock.writeLock().lock();
        try {
            closed = true;
        } finally {
            lock.writeLock().unlock();
        }
    }

    boolean isClosed() {
        return closed;
    }

    void checkOpen() {
        if (closed) {
            throw new StoreClosedException(directory.toString());
        }
    }

    /** Throws if the store is closed, or if a write, sync or maintenance has failed. */
    void checkWritable() {
        checkOpen();
        throwFailure();
    }

    /** Throws if the store has failed and no caller has been told so. */
    void throwUnseenFailure() {
        boolean seen;
        synchronized (this) {
            seen = failureSeen;
        }
        if (!seen) {
            throwFailure();
        }
    }

    /** Remembers the first failure: the store takes no more writes. */
    synchronized void fail(Throwable e) {
        if (failure == null) {
            failure = e;
        }
    }

    /** The same for a failure that the caller is about to be told. */
    synchronized void failSeen(Throwable e) {
        fail(e);
        failureSeen = true;
    }

    private synchronized void throwFailure() {
        if (failure != null) {
            failureSeen = true;
            throw new StoreFailedException(directory.toString(), failure);
        }
    }
}
