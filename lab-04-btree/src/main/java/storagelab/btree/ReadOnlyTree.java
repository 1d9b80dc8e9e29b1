package storagelab.btree;

import java.nio.file.Path;
import java.util.Optional;
import storagelab.api.Cursor;
import storagelab.api.EngineSnapshot;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.StoreClosedException;
import storagelab.api.StoreStats;
import storagelab.cursor.RangeCursor;
import storagelab.cursor.StoreCursor;
import storagelab.file.StatsRecorder;
import storagelab.file.StoreLock;

/**
 * The tree of the last checkpoint of a {@link BTreeStore}, opened for reading. Nothing in the directory is written, created or
 * deleted, so it may be on a file system that is read-only.
 *
 * <p>Any number may be open together, here and in other processes, but none while the store is open for writing. In a directory
 * without the file {@code LOCK}, such as a copy, there is nothing to lock, and the files must not change.
 *
 * <p>Errors: {@link storagelab.api.CorruptionException} from a read that comes to a damaged page; {@link StoreClosedException}
 * after {@link #close}, from cursors too.
 *
 * <p>Concurrency: safe for many threads.
 */
public final class ReadOnlyTree implements EngineSnapshot {
    private final Path directory;
    private final StoreLock lock;
    private final StatsRecorder stats;
    private final ReadOnlyPages pages;
    private volatile boolean closed; // changed under this

    private ReadOnlyTree(Path directory, BTreeOptions options, StatsRecorder stats, StoreLock lock) {
        this.directory = directory;
        this.lock = lock;
        this.stats = stats;
        this.pages = ReadOnlyPages.open(directory.resolve(BTreeStore.FILE_NAME), stats, options.poolBytes());
        try {
            lock.checkAlone();
        } catch (RuntimeException | Error e) {
            try (pages) {
                throw e;
            }
        }
    }

    /**
     * Opens the tree of the store in {@code directory}.
     *
     * @param options of which only the memory for pages is used
     * @throws storagelab.api.StorageIoException if there is no store, if it is open for writing, if it was written by a newer
     *     program, or if the file system refuses
     * @throws storagelab.api.CorruptionException if the meta pages are damaged, or the file is too short
     */
    public static ReadOnlyTree open(Path directory, BTreeOptions options) {
        StoreLock lock = StoreLock.acquireShared(directory);
        try {
            return new ReadOnlyTree(directory, options, new StatsRecorder(), lock);
        } catch (RuntimeException | Error e) {
            try (lock) {
                throw e;
            }
        }
    }

    @Override
    public long sequence() {
        return pages.meta().logPosition();
    }

    @Override
    public Optional<Slice> get(Slice key) {
        checkOpen();
        Slice payload = TreeSearch.payload(pages, pages.meta().rootPage(), key);
        return payload == null ? Optional.empty() : Optional.of(StoredValue.load(pages, payload));
    }

    @Override
    public Cursor cursor(KeyRange range) {
        checkOpen();
        Cursor entries = new RangeCursor(new BTreeCursor(pages, pages.meta().rootPage()), range);
        return new StoreCursor(entries, this::checkOpen, () -> {});
    }

    /** What was read. */
    public StoreStats stats() {
        return stats.snapshot();
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            try (lock;
                    pages) {
                closed = true;
            }
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new StoreClosedException(directory.toString());
        }
    }
}
