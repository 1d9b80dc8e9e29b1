package storagelab.lsm;

import java.util.concurrent.atomic.AtomicLongArray;
import storagelab.manifest.Version;

/**
 * What flushes and merges have done for each level since the store was opened: how long they took, and how many bytes of
 * tables they read and wrote. The work counts for the level that the new tables are on. A table that is moved to another level
 * as it is, does not count.
 *
 * <p>Concurrency: safe for many threads.
 */
final class LevelWork {
    private final AtomicLongArray nanos = new AtomicLongArray(Version.LEVELS);
    private final AtomicLongArray readBytes = new AtomicLongArray(Version.LEVELS);
    private final AtomicLongArray writtenBytes = new AtomicLongArray(Version.LEVELS);

    /** Counts the time since {@code startNanos}, of {@link System#nanoTime}, for a level. */
    void took(int level, long startNanos) {
        nanos.addAndGet(level, System.nanoTime() - startNanos);
    }

    /** Counts bytes that were merged into a level. */
    void read(int level, long bytes) {
        readBytes.addAndGet(level, bytes);
    }

    /** Counts bytes that were written to tables of a level. */
    void wrote(int level, long bytes) {
        writtenBytes.addAndGet(level, bytes);
    }

    /** How long the work for a level has taken. */
    long nanos(int level) {
        return nanos.get(level);
    }

    /** Bytes of the tables that were merged into a level, from whatever level they were. */
    long readBytes(int level) {
        return readBytes.get(level);
    }

    /** Bytes of the tables that were written on a level. */
    long writtenBytes(int level) {
        return writtenBytes.get(level);
    }
}
