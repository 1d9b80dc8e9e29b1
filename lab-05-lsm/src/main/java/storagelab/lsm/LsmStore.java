package storagelab.lsm;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import storagelab.api.CorruptionException;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.EngineSnapshot;
import storagelab.api.Entry;
import storagelab.api.KeyRange;
import storagelab.api.MaintenanceKind;
import storagelab.api.Metric;
import storagelab.api.Slice;
import storagelab.api.StorageEngine;
import storagelab.api.StorageException;
import storagelab.api.StorageIoException;
import storagelab.api.StoreClosedException;
import storagelab.api.StoreStats;
import storagelab.api.WriteBatch;
import storagelab.compaction.CompactionPicker;
import storagelab.course.ExercisePart;
import storagelab.cursor.RangeCursor;
import storagelab.cursor.StoreCursor;
import storagelab.file.Directories;
import storagelab.file.StatsRecorder;
import storagelab.file.StoreLock;
import storagelab.log.CommitQueue;
import storagelab.manifest.FileMetadata;
import storagelab.manifest.LsmFileNames;
import storagelab.manifest.Version;
import storagelab.manifest.VersionSet;

/**
 * A key-value store that never changes anything on disk: a log-structured merge tree in LevelDB's file formats. A write
 * goes to a log and to a sorted table in memory ({@link WritePath}). When that is full it is written out as a table on
 * level 0; tables are merged into the levels below, in the background, by and by ({@link LsmTree}).
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>Every write that was acknowledged is in a log that is needed, or in a table of the current version.
 *   <li>A reader sees each batch whole or not at all: sequences become visible when all of their group are in the
 *       memtable.
 * </ol>
 *
 * <p>Durability: BUFFERED is with the operating system when the call returns, SYNCED on the disk. After a crash every
 * SYNCED write is there, and a prefix of the others.
 *
 * <p>{@linkplain LsmOptions#withoutLog Without a log}, a BUFFERED write is in the memory of this process until its memtable is
 * a table; a SYNCED one makes a table. What is there after a crash is a prefix all the same.
 *
 * <p>If a write to the log or work in the background fails, the store takes no more writes until it is opened again;
 * reads go on.
 *
 * <p>Opened by {@link #openReadOnly} it takes no writes, and changes nothing on disk.
 *
 * <p>Concurrency: safe for many threads. Writers queue up; gets lock nothing.
 */
public final class LsmStore implements StorageEngine {
    private final Path directory;
    private final StatsRecorder stats;
    private final StoreLock storeLock;
    private final VersionSet versions;
    private final SnapshotList snapshots;
    private final LsmTree tree;
    private final Maintainer maintainer;
    private final @Nullable WritePath writes; // null if the store is only read
    private final LsmRecoveryReport recoveryReport;
    private final CompactionPicker picker;
    private final boolean hasLog;
    private volatile boolean sharesLog; // with other engines
    private volatile boolean closed; // changed under this

    /**
     * What a store is opened with.
     *
     * @param lock keeps others out, or those that write
     * @param versions are what the manifest says
     * @param isReadOnly whether nothing may be written
     */
    private record Opening(
            Path directory,
            LsmOptions options,
            StatsRecorder stats,
            StoreLock lock,
            VersionSet versions,
            boolean isReadOnly) {}

    private LsmStore(Opening opening) {
        this.directory = opening.directory;
        this.stats = opening.stats;
        this.storeLock = opening.lock;
        this.versions = opening.versions;
        this.snapshots = new SnapshotList(versions::lastSequence);
        LsmOptions options = opening.options;
        this.picker = options.picker();
        this.hasLog = options.hasLog();
        if (opening.isReadOnly) {
            LsmRecovery.ReadOnly read = LsmRecovery.read(directory, options, stats, versions);
            this.recoveryReport = read.report();
            this.tree = new LsmTree(directory, options, stats, versions, snapshots);
            tree.resume(read.memtable(), List.of());
            this.maintainer = new Maintainer(false); // has nothing to do
            this.writes = null;
            return;
        }
        LsmRecovery.Recovered recovered = LsmRecovery.recover(directory, options, stats, versions);
        this.recoveryReport = recovered.report();
        this.tree = new LsmTree(directory, options, stats, versions, snapshots);
        tree.resume(recovered.memtable(), recovered.logs());
        this.maintainer = new Maintainer(
                options.maintenance() == MaintenanceKind.BACKGROUND, tree::timedFlushStep, tree::compactStep);
        this.writes = new WritePath(
                directory, options, stats, new WritePath.Parts(versions, tree, maintainer, recovered.log()));
        maintainer.wake();
    }

    /**
     * Opens the store in {@code directory}, which is created if it is not there. If the options choose no picker it has the one
     * that it had the last time.
     *
     * @throws StorageIoException if the store is open already, here or in another process; if its keys are in an order
     *     that this program does not know; or if the file system refuses
     * @throws CorruptionException if the manifest is damaged, or is not there while tables are; if a table is not there; or if
     *     a log is damaged and {@link RecoveryMode#ABSOLUTE} is wanted
     */
    public static LsmStore open(Path directory, LsmOptions options) {
        StatsRecorder stats = new StatsRecorder();
        Directories.create(directory, stats);
        StoreLock lock = StoreLock.acquire(directory);
        return closingOnFailure(lock, () -> {
            LsmOptions complete = StoreShape.completed(directory, options);
            VersionSet versions;
            if (VersionSet.exists(directory)) {
                versions =
                        VersionSet.recover(directory, stats, complete.picker().format());
            } else {
                checkWithoutTables(directory);
                versions = VersionSet.create(directory, stats, complete.picker().format());
            }
            return open(new Opening(directory, complete, stats, lock, versions, false));
        });
    }

    /**
     * Opens the store in {@code directory} for reading. Nothing in the directory is written, created or deleted, so it may be
     * on a file system that is read-only; writes that are only in logs are read into memory, whatever they need of it. What
     * would write throws {@link UnsupportedOperationException}, and nothing is merged.
     *
     * <p>Any number of stores may be open for reading, here and in other processes. None may be while one is open for
     * writing: it deletes files that a reader needs. C++ LevelDB keeps to this lock, too. In a directory without the file
     * {@code LOCK}, such as a copy, there is nothing to lock: then all tables are opened at once, and a store that writes
     * may be opened later.
     *
     * @throws StorageIoException if there is no store, if it is open for writing, if its keys are in an order that this
     *     program does not know, or if the file system refuses
     * @throws CorruptionException as {@link #open}
     */
    public static LsmStore openReadOnly(Path directory, LsmOptions options) {
        StatsRecorder stats = new StatsRecorder();
        StoreLock lock = StoreLock.acquireShared(directory);
        return closingOnFailure(lock, () -> {
            VersionSet versions =
                    VersionSet.recover(directory, stats, options.picker().format());
            LsmStore store = open(new Opening(directory, options, stats, lock, versions, true));
            return closingOnFailure(store::close, () -> {
                if (!lock.isHeld()) {
                    store.version().files().forEach(store.tree.tables()::get);
                    lock.checkAlone();
                }
                return store;
            });
        });
    }

    /** A new store removes tables that it does not know: there must be none, since they may be all that is left of another. */
    private static void checkWithoutTables(Path directory) {
        for (Path file : LsmFileNames.list(directory)) {
            if (LsmFileNames.parse(file)
                    .filter(name -> name.kind() == LsmFileNames.Kind.TABLE)
                    .isPresent()) {
                throw new CorruptionException(
                        directory.resolve(LsmFileNames.CURRENT),
                        0,
                        "the name of a manifest",
                        "no file, though there is the table " + file.getFileName());
            }
        }
    }

    private static LsmStore open(Opening opening) {
        return closingOnFailure(opening.versions, () -> {
            opening.versions.current().files().forEach(file -> OpenTables.existing(opening.directory, file));
            if (!opening.isReadOnly) { // before anything is merged
                StoreShape.remember(opening.directory, opening.options.picker(), opening.stats);
            }
            return new LsmStore(opening);
        });
    }

    private static LsmStore closingOnFailure(Closeable opened, Supplier<LsmStore> next) {
        try {
            return next.get();
        } catch (RuntimeException | Error e) {
            try {
                opened.close();
            } catch (IOException | RuntimeException | Error atClosing) {
                e.addSuppressed(atClosing);
            }
            throw e;
        }
    }

    @Override
    public Optional<Slice> get(Slice key) {
        long start = StatsRecorder.sampledStart();
        stats.increment(Metric.GETS);
        checkOpen();
        try {
            return get(key, null);
        } finally {
            stats.recordGetSince(start);
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>May wait while too much is waiting to be merged.
     */
    @Override
    public void write(WriteBatch batch, Durability durability) {
        long start = StatsRecorder.sampledStart();
        writes().write(batch, hasLog ? durability : Durability.BUFFERED);
        if (durability == Durability.SYNCED && !hasLog) {
            checkpoint();
        }
        stats.increment(Metric.WRITES);
        stats.add(Metric.BYTES_IN, CommitQueue.userBytes(batch));
        stats.recordWriteSince(start);
    }

    /** {@inheritDoc} May wait while too much is waiting to be merged. */
    @Override
    public void apply(long sequence, WriteBatch batch) {
        if (hasLog) {
            throw new IllegalStateException("the store in " + directory
                    + " numbers its writes itself, in a log of its own: open it with options withoutLog()");
        }
        long start = StatsRecorder.sampledStart();
        writes().apply(sequence, batch);
        stats.increment(Metric.WRITES);
        stats.add(Metric.BYTES_IN, CommitQueue.userBytes(batch));
        stats.recordWriteSince(start);
    }

    @Override
    public Cursor cursor(KeyRange range) {
        checkOpen();
        return cursor(range, null);
    }

    @Override
    public EngineSnapshot snapshot() {
        checkOpen();
        return new LsmSnapshot(this, snapshots);
    }

    /**
     * Lets the store be one of several engines behind one log. What such an engine has on the disk must be in the log on the disk: otherwise a power cut could
     * leave an operation here whose predecessor another engine and the log have lost. So before a memtable is written out, the log is synced, as {@link #useLog}
     * says; and until that is called, a memtable that is full is not written out, since what is applied comes from a log that may not be on the disk. It grows
     * meanwhile. {@link #checkpoint} and {@link #close} write it out nevertheless.
     *
     * <p>A store that stands behind a log alone does not need this: its tables are always the state of one sequence.
     *
     * @throws IllegalStateException if the store keeps a log of its own
     */
    public void shareLog() {
        if (hasLog) {
            throw new IllegalStateException("the store in " + directory + " keeps a log of its own");
        }
        sharesLog = true;
        tree.flushAfter(null);
    }

    /** {@inheritDoc} Ignored but for a store that was told to {@link #shareLog}. */
    @Override
    public void useLog(Runnable syncLog) {
        if (sharesLog) {
            tree.flushAfter(syncLog);
        }
    }

    /** Returns when everything that is in memory is in tables, and no merge is due. */
    public void flush() {
        writes().rotateIfNotEmpty();
        maintainer.drain();
        writes().checkWritable();
    }

    /**
     * Merges all tables into one run on the last level, when everything that is in memory is in tables, and returns when
     * that is done. Nothing is left then that no snapshot can see. LevelDB understands such levels: if the picker keeps
     * to its shape, the files are LevelDB's from now on, whatever picker they had before.
     */
    public void compactAll() {
        flush();
        tree.compactAll();
        maintainer.drain();
        writes().checkWritable();
    }

    /**
     * Merges the tables that may have keys of {@code range}, level by level down to the deepest level that has some, when
     * everything that is in memory is in tables, and returns when that is done. What lay above that level and is overwritten
     * or deleted has gone then, but for what a snapshot sees; and the keys of the range are on one level, as long as nothing
     * is written. Tables are taken whole, so keys next to the range go with it. If the levels have several runs, everything
     * is merged, as by {@link #compactAll}.
     */
    public void compact(KeyRange range) {
        flush();
        tree.compact(range);
        maintainer.drain();
        writes().checkWritable();
    }

    /**
     * About how many bytes of tables the keys of {@code range} take: of each table, from the data block that its first key of
     * the range is or would be in, up to the block of the first key after the range. Overwritten and deleted versions count
     * as long as no merge has dropped them; what is in memory only does not count. The indexes of tables say it: no data block is
     * read, and no table is opened but those in which the range begins or ends.
     *
     * <p>Example: of a million entries of 116 bytes, a range with the keys of a thousand has 116,000 bytes, or a block of 4 KiB
     * more or less in each run.
     */
    public long approximateBytes(KeyRange range) {
        checkOpen();
        ReadState now = tree.pin();
        try {
            return now.approximateBytes(range);
        } finally {
            tree.unpin(now);
        }
    }

    /**
     * About how many bytes the newest versions of the keys of {@code range} take: those of the one run of tables in which the range takes most, counted as {@link
     * #approximateBytes} does. In a run each key has one version, so a key that was overwritten is counted once; a key that is in another run only is not counted. Levels that grow
     * tenfold have nine of ten keys in the last one.
     *
     * <p>Example: a million entries of 116 bytes on the last level, and half of them once more in tables above: 116 MB, and not 174.
     */
    public long approximateLiveBytes(KeyRange range) {
        checkOpen();
        ReadState now = tree.pin();
        try {
            return now.approximateLiveBytes(range);
        } finally {
            tree.unpin(now);
        }
    }

    /**
     * What LevelDB calls a property; nothing if there is none of this name.
     *
     * <table>
     *   <caption>Properties</caption>
     *   <tr><th>name</th><th>value</th></tr>
     *   <tr><td>{@code leveldb.num-files-at-level0} to {@code 6}</td><td>how many tables the level has</td></tr>
     *   <tr><td>{@code leveldb.stats}</td><td>of each level how many tables it has and how large they are, how many seconds
     *       flushes and merges to it took since the store was opened, and how many mebibytes they read and wrote</td></tr>
     *   <tr><td>{@code leveldb.sstables}</td><td>of each table its number, its size, and its bounds</td></tr>
     *   <tr><td>{@code leveldb.approximate-memory-usage}</td><td>bytes of the memtables and of the block cache</td></tr>
     * </table>
     */
    public Optional<String> property(String name) {
        checkOpen();
        return LsmProperties.of(name, tree.state(), tree.work(), tree.tables().cachedBytes());
    }

    /**
     * {@inheritDoc} Each operation of a batch has one, and those of a batch become visible together.
     */
    @Override
    public long lastSequence() {
        return versions.lastSequence();
    }

    /** {@inheritDoc} With a log, what is there when the store is opened is durable, and after that what was synced. */
    @Override
    public long durableSequence() {
        return writes == null ? versions.lastSequence() : writes.durableSequence();
    }

    /** {@inheritDoc} Syncs the log or, without one, returns when the memtable is a table. */
    @Override
    public void checkpoint() {
        writes().checkpoint();
    }

    /** What opening the store has found in its logs. */
    public LsmRecoveryReport recoveryReport() {
        return recoveryReport;
    }

    /** How often and how long writes had to wait for a cause; never, if the options hold nobody up. */
    public WriteStallController.Stalls stalls(WriteStallController.Cause cause) {
        WriteStallController stalls = tree.stalls();
        return stalls == null ? new WriteStallController.Stalls(0, 0) : stalls.stalls(cause);
    }

    /**
     * Asks the picker again, as is done after each flush and each merge: for a picker that would choose otherwise now, though nothing was written. With maintenance in the
     * background this returns at once, otherwise when no merge is due.
     */
    public void pickAgain() {
        checkOpen();
        maintainer.wake();
    }

    /** What says which tables are merged: the picker of the options, or the one that the store remembers. */
    public CompactionPicker picker() {
        return picker;
    }

    /** The tables of the store as it is now. */
    public Version version() {
        return tree.state().version();
    }

    /**
     * What writing, reading and keeping have cost since {@code before}, which are {@link #stats} of this store. What is
     * in memory only counts as live and has no table: call {@link #flush} first. Reads the whole store, with a cursor, to
     * find how many bytes of keys and values are live; this does not count as read.
     */
    @ExercisePart("5.17")
    public Amplification amplificationSince(StoreStats before) {
        StoreStats now = stats();
        long liveBytes = 0;
        try (Cursor cursor = cursor(KeyRange.all())) {
            for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                liveBytes += cursor.key().length() + cursor.value().length();
            }
        }
        return Amplification.between(before, now, liveBytes);
    }

    /**
     * Reads every table from the disk and proves that its entries are in order and inside of what the manifest says, and that
     * of every key what is found first is the newest. The memory it needs does not grow with the number of keys. {@link
     * LsmCheck} does so with a store that is not open, reads logs and manifest, too, and does not end at the first damage.
     *
     * @throws CorruptionException if a table is damaged
     * @throws AssertionError if an invariant does not hold, which is a fault of this program and not of the disk
     */
    public void verify() {
        checkOpen();
        ReadState now = tree.pin();
        try {
            LsmVerifier.verify(now.version(), tree.tables()::openApart, LsmVerifier.THROWN);
        } finally {
            tree.unpin(now);
        }
    }

    @Override
    public StoreStats stats() {
        StoreStats counted = stats.snapshot();
        ReadState now = tree.state();
        Map<Metric, Long> metrics = new HashMap<>(counted.metrics());
        List<FileMetadata> files = now.version().files();
        metrics.put(Metric.TABLES, (long) files.size());
        metrics.put(
                Metric.TABLE_BYTES,
                files.stream().mapToLong(FileMetadata::sizeBytes).sum());
        LsmMemtable frozen = now.frozen();
        metrics.put(Metric.MEMTABLE_BYTES, now.memtable().sizeBytes() + (frozen == null ? 0 : frozen.sizeBytes()));
        return new StoreStats(metrics, counted.getLatency(), counted.writeLatency());
    }

    /**
     * {@inheritDoc} What is in memory stays in the log, which is synced, and is read again by the next open; if it is more
     * than a megabyte it is written out as a table first. So the next open takes time in the number of tables.
     *
     * @throws storagelab.api.StoreFailedException if that table could not be written; the store is closed all the same, and
     *     nothing is lost
     */
    @Override
    public synchronized void close() {
        if (!closed) {
            try (storeLock;
                    tree;
                    writes) {
                closed = true;
            }
        }
    }

    /** Where writes go; a store that is only read has none. */
    private WritePath writes() {
        if (writes == null) {
            checkOpen();
            throw new UnsupportedOperationException(directory + " was opened for reading only");
        }
        return writes;
    }

    void checkOpen() {
        if (closed) {
            throw new StoreClosedException(directory.toString());
        }
    }

    /**
     * The value of a key as of a sequence that somebody holds; as of now if {@code sequence} is null. No lock is taken, and
     * nothing is kept from being deleted meanwhile.
     *
     * <p>As of now means as of {@link VersionSet#lastSequence}, and it is read <em>after</em> the state. The other way round, with 10
     * as the last sequence in hand: the key is written again, at 11, flushed, and merged. Nobody holds 10, so the merge drops
     * what was there at 10. The state that is read then has the key at 11 alone, which at 10 cannot be seen: a key that was
     * there all the time is not found.
     *
     * <p>A table of the state may be deleted before the get comes to it, when a merge has made others of it. Then the get meets
     * a {@link StorageException}: the file is closed, or is not there. If the tree has another state by then, the get begins
     * anew, with that one. If it is the very same state still, the exception has another reason and goes to the caller. And if
     * the store was closed meanwhile, the get throws {@link StoreClosedException}, whatever it met.
     *
     * <p>Example: a get has the state with table 9 and is about to open it. A merge makes table 14 out of 9 and others,
     * publishes the next state, and deletes 9. The get finds no file, and that the state has changed, and asks table 14.
     */
    @ExercisePart("5.8")
    @SuppressWarnings("ReferenceEquality") // whether it is the very state that was read from
    Optional<Slice> get(Slice key, @Nullable Long sequence) {
        while (true) {
            ReadState seen = tree.state(); // before what is visible: what is visible then, or later, is newer
            long asOf = sequence == null ? versions.lastSequence() : sequence;
            try {
                return seen.get(key, asOf).filter(entry -> !entry.tombstone()).map(Entry::value);
            } catch (StorageException e) {
                if (closed) {
                    throw new StoreClosedException(directory.toString());
                }
                if (seen == tree.state()) {
                    throw e; // and not because a table was deleted under our hands
                }
            }
        }
    }

    /** A cursor as of a sequence that is held; as of now without one. */
    Cursor cursor(KeyRange range, @Nullable Long sequence) {
        ReadState seen = tree.pin();
        try {
            long asOf = sequence == null ? versions.lastSequence() : sequence;
            Cursor entries = new VisibleCursor(seen.cursor(), asOf);
            return new StoreCursor(new RangeCursor(entries, range), this::checkOpen, () -> tree.unpin(seen));
        } catch (RuntimeException | Error e) {
            tree.unpin(seen);
            throw e;
        }
    }
}
