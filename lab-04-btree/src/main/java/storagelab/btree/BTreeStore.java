package storagelab.btree;

import com.google.common.io.Closer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.EngineSnapshot;
import storagelab.api.KeyRange;
import storagelab.api.Metric;
import storagelab.api.SequenceNumber;
import storagelab.api.Slice;
import storagelab.api.Snapshot;
import storagelab.api.StorageEngine;
import storagelab.api.StorageException;
import storagelab.api.StorageIoException;
import storagelab.api.StoreClosedException;
import storagelab.api.StoreFailedException;
import storagelab.api.StoreStats;
import storagelab.api.WriteBatch;
import storagelab.btree.TreeVerifier.TreeShape;
import storagelab.file.Directories;
import storagelab.file.StatsRecorder;
import storagelab.file.StoreLock;
import storagelab.page.BufferPool;
import storagelab.page.FreeList;
import storagelab.page.MetaPage;
import storagelab.page.PageFile;

/**
 * A key-value store on a B+tree: entries in the leaves, in order, in pages of a file, of which a {@linkplain BufferPool
 * pool} keeps those in memory that are in use. A million entries of 116 bytes are four levels of pages of 4 KiB,
 * of which the upper three take 2 MiB and stay in memory: a get reads one page, or none.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>The file has a whole tree at any moment: that of the last checkpoint. Nothing that it refers to is written
 *       over.
 *   <li>Whoever has taken a snapshot or a cursor sees the tree of that moment; its pages are not changed and their
 *       numbers not used for others.
 *   <li>A write is seen by every get that begins after it has returned; of a batch, all or nothing, also when it fails
 *       halfway.
 *   <li>Every page of the file is a meta page, in the tree, in the free list, or free: exactly one of these ({@link
 *       #verify}).
 * </ol>
 *
 * <p>Durability: there is no log yet (lab 6 has one). A write that is {@link Durability#SYNCED} makes a checkpoint. A
 * BUFFERED one is in the memory of this process until the next checkpoint: a killed process loses it, which {@link
 * Durability#BUFFERED} would not allow. What is there after a crash is the state of a checkpoint: every SYNCED write,
 * and a prefix of the others. The meta page of a checkpoint says the sequence of the last operation in it, so that a log
 * outside of the store can be replayed from there ({@link StorageEngine}).
 *
 * <p>Limits: keys of up to {@link StoredValue#keyBytesMax} bytes (996 with pages of 4 KiB), values of up to 64 MiB.
 *
 * <p>Concurrency: safe for many threads. Writers take turns ({@code writerLock}), and go on while a checkpoint writes its pages; gets lock nothing, and snapshots and
 * cursors wait for one operation in place at most, which may have to read a page. Lock order: {@code writerLock}, the
 * latch of the {@link SharedTree}, the locks inside the pool and the {@link PageReclaimer}.
 */
public final class BTreeStore implements StorageEngine {
    /** The file of the tree in the directory of the store. */
    public static final String FILE_NAME = "tree.pages";

    private final Path directory;
    private final BTreeOptions options;
    private final StatsRecorder stats;
    private final StoreLock storeLock;
    private final SharedTree tree;
    private final ReentrantLock writerLock;
    private final Checkpointer checkpointer; // guarded by writerLock
    private long bytesSinceCheckpoint; // guarded by writerLock
    private boolean isClosing; // guarded by writerLock
    private volatile @Nullable Throwable failure;

    private BTreeStore(Path directory, BTreeOptions options, StatsRecorder stats, StoreLock storeLock) {
        this.directory = directory;
        this.options = options;
        this.stats = stats;
        this.storeLock = storeLock;
        PageFile file = openFile();
        try {
            BufferPool pool =
                    new BufferPool(file, options.poolPages(), options.policy().create(options.poolPages()));
            this.tree = new SharedTree(file, pool, FreeList.load(file, file.meta()));
            this.writerLock = tree.writerLock();
            this.checkpointer = new Checkpointer(tree);
        } catch (RuntimeException | Error e) {
            try (file) {
                throw e;
            }
        }
    }

    /**
     * Opens the store in {@code directory}, which is created if it is not there. Reads the meta pages and the free
     * list; the tree is read as it is needed.
     *
     * @throws storagelab.api.StorageIoException if the store is open already, here or in another process; if the file
     *     was written by a newer program; or if the file system refuses
     * @throws storagelab.api.CorruptionException if the meta pages or the free list are damaged, or the file is too
     *     short
     * @throws IllegalArgumentException if the store is there and has pages of another size than {@code options} says
     */
    public static BTreeStore open(Path directory, BTreeOptions options) {
        StatsRecorder stats = new StatsRecorder();
        Directories.create(directory, stats);
        StoreLock lock = StoreLock.acquire(directory);
        try {
            return new BTreeStore(directory, options, stats, lock);
        } catch (RuntimeException | Error e) {
            try (lock) {
                throw e;
            }
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>Locks nothing and waits for nobody, see {@link TreeReader}. A sample of the gets is timed.
     */
    @Override
    public Optional<Slice> get(Slice key) {
        long start = StatsRecorder.sampledStart();
        stats.increment(Metric.GETS);
        tree.checkOpen();
        try {
            return TreeReader.get(tree, key);
        } catch (StorageException e) {
            throw tree.explained(e);
        } finally {
            stats.recordGetSince(start);
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>If it throws because a page cannot be read or written, nothing of the batch is in the store, and it goes on.
     * If it throws because a checkpoint failed, a part of this write or because it was time for one, the batch is seen
     * until the store is closed, all of it, and nobody can say whether it is there afterwards. The store then takes no
     * more writes until it is opened again; gets, cursors and snapshots go on.
     *
     * @throws IllegalArgumentException if a key or a value is too long
     */
    @Override
    public void write(WriteBatch batch, Durability durability) {
        long start = StatsRecorder.sampledStart();
        long bytes = checkedBytes(batch);
        writerLock.lock();
        try {
            checkWritable();
            applyAt(tree.sequence() + 1, batch, bytes);
            if (durability == Durability.SYNCED) {
                checkpointOrFail();
            }
        } finally {
            writerLock.unlock();
        }
        countWrite(bytes, start);
    }

    /**
     * {@inheritDoc} Now and then it makes a checkpoint, as a BUFFERED {@link #write} does, and fails as that does.
     *
     * @throws IllegalArgumentException also if a key or a value is too long
     */
    @Override
    public void apply(long sequence, WriteBatch batch) {
        long start = StatsRecorder.sampledStart();
        long bytes = checkedBytes(batch);
        writerLock.lock();
        try {
            checkWritable();
            applyAt(sequence, batch, bytes);
        } finally {
            writerLock.unlock();
        }
        countWrite(bytes, start);
    }

    @Override
    public void check(WriteBatch batch) {
        long unused = checkedBytes(batch);
    }

    @Override
    public long lastSequence() {
        tree.checkOpen();
        return tree.sequence();
    }

    /** {@inheritDoc} It is the log position of the last checkpoint. */
    @Override
    public long durableSequence() {
        tree.checkOpen();
        return tree.file().meta().logPosition();
    }

    @Override
    public Cursor cursor(KeyRange range) {
        try (Snapshot snapshot = snapshot()) {
            return snapshot.cursor(range);
        }
    }

    @Override
    public EngineSnapshot snapshot() {
        tree.checkOpen();
        tree.latch().lock(); // the sequence is that of the state that is frozen
        try {
            return EngineSnapshot.of(new BTreeSnapshot(tree), tree.sequence());
        } finally {
            tree.latch().unlock();
        }
    }

    @Override
    public void checkpoint() {
        writerLock.lock();
        try {
            checkWritable();
            checkpointOrFail();
        } finally {
            writerLock.unlock();
        }
    }

    /**
     * Fills an empty store with the entries of {@code sorted}, see {@link BulkLoader}, and makes a checkpoint.
     *
     * @return the number of entries
     * @throws IllegalStateException if the store has entries
     * @throws IllegalArgumentException if keys do not ascend, or a key or a value is too long; the store is empty then
     */
    public long bulkLoad(Cursor sorted) {
        writerLock.lock();
        try {
            checkWritable();
            if (tree.state().root() != PageSource.NO_PAGE) {
                throw new IllegalStateException(
                        "a bulk load into " + directory + ", which has " + tree.entries() + " entries");
            }
            TreeChange change = new TreeChange(tree);
            BulkLoader.Loaded loaded;
            try {
                loaded = BulkLoader.load(change, sorted);
                change.publish(loaded.root());
            } catch (RuntimeException | Error e) {
                change.abandon();
                throw e;
            }
            tree.setEntries(loaded.entries());
            checkpointOrFail();
            return loaded.entries();
        } finally {
            writerLock.unlock();
        }
    }

    /**
     * Proves that the tree is one ({@link TreeVerifier}), that it has as many entries as the store believes, and that
     * every page of the file is a meta page, in the tree, in the stored free list, waiting for somebody who still needs
     * it, or free: exactly one of these. Writers wait meanwhile.
     *
     * <p>Cost: reads every page of the tree.
     *
     * @return what was found
     * @throws storagelab.api.CorruptionException if a page is damaged
     * @throws AssertionError if an invariant does not hold, which is a fault of this program and not of the disk
     */
    public TreeShape verify() {
        writerLock.lock();
        try {
            tree.awaitCheckpoint();
            tree.checkOpen();
            Set<Integer> overflow = new TreeSet<>();
            TreeShape shape = TreeVerifier.verify(tree, tree.state().root(), first -> {
                for (int page = first; page != PageSource.NO_PAGE; page = OverflowPages.next(tree, page)) {
                    if (!overflow.add(page)) {
                        throw new AssertionError("overflow page " + page + " is in two values");
                    }
                }
            });
            if (shape.entries() != tree.entries()) {
                throw new AssertionError(shape.entries() + " entries, and " + tree.entries() + " were counted");
            }
            PageCensus.check(tree, checkpointer.freeListPages(), List.of(shape.pages(), overflow));
            return shape;
        } finally {
            writerLock.unlock();
        }
    }

    /**
     * About how many entries there are in {@code range}: {@link RangeEstimate}, and the number of all entries. The estimate is off by up to a part of
     * what is below a branch or in a leaf at each end of the range; of a range in one leaf it is often off by a few entries.
     *
     * <p>Cost: a page of each level for each end of the range.
     */
    public long approximateEntries(KeyRange range) {
        tree.checkOpen();
        TreeState state = tree.freeze();
        try {
            return Math.round(RangeEstimate.share(tree, state.root(), range) * tree.entries());
        } finally {
            tree.reclaimer().release(state.version());
        }
    }

    /** What the last checkpoint says of the file. */
    public MetaPage lastCheckpoint() {
        return tree.file().meta();
    }

    @Override
    public StoreStats stats() {
        return stats.snapshot();
    }

    /** {@inheritDoc} Cursors and snapshots that are still open throw from then on. */
    @Override
    public void close() {
        writerLock.lock();
        try {
            tree.awaitCheckpoint();
            if (tree.isClosed()) {
                return;
            }
            try (Closer closer = Closer.create()) {
                closer.register(storeLock);
                closer.register(tree);
                isClosing = true; // what is written while the checkpoint is would not be in it
                if (failure == null) {
                    checkpointOrFail();
                }
            } catch (IOException e) {
                throw new StorageIoException("closing " + directory, e);
            }
        } finally {
            writerLock.unlock();
        }
    }

    /** Applies a batch at a sequence, and makes a checkpoint if it is time for one. */
    private void applyAt(long sequence, WriteBatch batch, long bytes) {
        List<WriteBatch.Operation> operations = batch.operations();
        long last = tree.sequence();
        if (sequence <= last || sequence > SequenceNumber.MAX - (operations.size() - 1)) {
            throw new IllegalArgumentException("a batch of " + operations.size() + " operations at sequence " + sequence
                    + "; the last is " + last + ", and " + SequenceNumber.MAX + " is the greatest");
        }
        if (operations.isEmpty()) {
            return;
        }
        tree.setNextSequence(sequence + operations.size() - 1);
        try {
            applyOrFail(operations);
        } finally {
            tree.setNextSequence(tree.sequence()); // also after a failure, so that no other publication takes it
        }
        bytesSinceCheckpoint += bytes;
        if (bytesSinceCheckpoint >= options.checkpointBytes()) {
            checkpointOrFail();
        }
    }

    private void countWrite(long bytes, long start) {
        stats.increment(Metric.WRITES);
        stats.add(Metric.BYTES_IN, bytes);
        stats.recordWriteSince(start);
    }

    /** After an {@link Error}, such as no memory, nobody knows how far the change of a page has come. */
    private void applyOrFail(List<WriteBatch.Operation> operations) {
        try {
            apply(operations);
        } catch (Error e) {
            failure = e;
            throw e;
        }
    }

    /** All of it or nothing. */
    private void apply(List<WriteBatch.Operation> operations) {
        if (operations.size() > 1 || !isDoneInPlace(operations.get(0))) {
            applyToCopies(operations);
        }
    }

    /** Tries to apply an operation in place. The latch is held, so that no snapshot has it without its sequence. */
    private boolean isDoneInPlace(WriteBatch.Operation operation) {
        tree.latch().lock();
        try {
            switch (LeafChange.tryInPlace(tree, operation)) {
                case ADDED -> tree.setEntries(tree.entries() + 1);
                case REMOVED -> tree.setEntries(tree.entries() - 1);
                case DONE -> {}
                case NEEDS_COPIES -> {
                    return false;
                }
            }
            tree.reachNextSequence();
            return true;
        } finally {
            tree.latch().unlock();
        }
    }

    private void applyToCopies(List<WriteBatch.Operation> operations) {
        tree.reclaimSome();
        TreeChange change = new TreeChange(tree);
        try {
            TreeEditor editor = new TreeEditor(change, tree.state().root(), tree.entries());
            for (WriteBatch.Operation operation : operations) {
                editor.apply(operation);
                change.spill(options.poolPages() / 4);
            }
            if (change.isEmpty()) {
                tree.reachNextSequence(); // deletes of keys that were not there
                return;
            }
            change.publish(editor.root());
            tree.setEntries(editor.entries());
        } catch (RuntimeException | Error e) {
            change.abandon();
            throw e;
        }
    }

    /**
     * Makes a checkpoint that has everything up to now. While it writes, other writers go on; one that needs a checkpoint, too, waits
     * for this one, and makes the next unless this one has what it needs.
     */
    private void checkpointOrFail() {
        long version = tree.state().version();
        long sequence = tree.sequence();
        tree.awaitCheckpoint();
        MetaPage last = lastCheckpoint();
        if (last.version() >= version && last.logPosition() >= sequence) {
            return;
        }
        checkUsable();
        bytesSinceCheckpoint = 0;
        try {
            TreeState state = tree.state();
            if (state.version() == last.version() && tree.sequence() != last.logPosition()) {
                tree.publish(new TreeState(state.root(), state.version() + 1)); // only the sequence is new
            }
            checkpointer.checkpoint();
        } catch (RuntimeException | Error e) {
            failure = e;
            throw e;
        }
    }

    private void checkWritable() {
        if (isClosing) {
            throw new StoreClosedException(directory.toString());
        }
        checkUsable();
    }

    private void checkUsable() {
        tree.checkOpen();
        Throwable cause = failure;
        if (cause != null) {
            throw new StoreFailedException(directory.toString(), cause);
        }
    }

    /** Key and value bytes of a batch that the store can take. */
    private long checkedBytes(WriteBatch batch) {
        long bytes = 0;
        for (WriteBatch.Operation operation : batch.operations()) {
            int keyLength = operation.key().length();
            int valueLength =
                    operation instanceof WriteBatch.Put put ? put.value().length() : 0;
            StoredValue.checkLengths(keyLength, valueLength, options.pageSizeBytes());
            bytes += keyLength + valueLength;
        }
        return bytes;
    }

    private PageFile openFile() {
        Path path = directory.resolve(FILE_NAME);
        if (!Files.exists(path)) {
            PageFile created = PageFile.create(path, options.pageSizeBytes(), stats);
            Directories.sync(directory, stats);
            return created;
        }
        PageFile file = PageFile.open(path, stats);
        if (file.pageSizeBytes() != options.pageSizeBytes()) {
            try (file) {
                throw new IllegalArgumentException(
                        path + " has pages of " + file.pageSizeBytes() + " bytes and cannot be opened with "
                                + options.pageSizeBytes() + ": use withPageSizeBytes(" + file.pageSizeBytes() + ")");
            }
        }
        return file;
    }
}
