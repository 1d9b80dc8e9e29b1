package storagelab.sortedlog;

import java.io.Closeable;

/**
 * Decides on which thread full memtables are written out and tables are merged, and how long writers wait for that.
 *
 * <p>Concurrency: the store calls all of these methods under its writer lock, so one thread at a time; the work may run
 * on another.
 */
public interface Maintenance extends Closeable {
    /** Called at the start of every write. May make it wait a little, if the work is behind. */
    void beforeWrite();

    /** Called before a memtable is frozen. Waits until one more may be {@linkplain #submit submitted}. */
    void awaitRoom();

    /** Hands over a frozen memtable, after {@link #awaitRoom}. Its turn comes after all that were submitted before. */
    void submit(FrozenMemtable frozen);

    /** Waits until everything that was submitted is written out, and the merges that it made necessary are done. */
    void drain();

    /** {@linkplain #drain Drains}, unless the work has failed, and ends any thread that does the work. */
    @Override
    void close();
}
