package storagelab.recovery;

import com.google.common.io.Closer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.EngineSnapshot;
import storagelab.api.KeyRange;
import storagelab.api.Metric;
import storagelab.api.Slice;
import storagelab.api.SnapshotStore;
import storagelab.api.StorageEngine;
import storagelab.api.StorageIoException;
import storagelab.api.StoreFailedException;
import storagelab.api.StoreStats;
import storagelab.api.WriteBatch;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.course.ExercisePart;
import storagelab.file.Directories;
import storagelab.file.StatsRecorder;
import storagelab.file.StoreLock;
import storagelab.log.CommitQueue;
import storagelab.wal.Committer;
import storagelab.wal.GroupCommitter;
import storagelab.wal.LogRetention;
import storagelab.wal.LogSyncer;
import storagelab.wal.WriteAheadLog;

/**
 * An engine behind a write-ahead log. A write is in the log before the engine has it, so that a killed process loses no write
 * that has returned, and a power cut none that was SYNCED, whatever the engine keeps in memory.
 *
 * <p>In the directory: {@code FORMAT}, {@code LOCK}, the log in {@code log}, the engine in a directory that has the
 * {@link EngineType#id} of its type as its name.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>What is visible is in the log or durable in the engine.
 *   <li>The log has every operation after {@link StorageEngine#durableSequence}.
 *   <li>Operations are visible in the order of their sequences, a batch at once.
 * </ol>
 *
 * <p>Opening recovers: {@link RecoveryManager}. Closing makes a checkpoint, so that the next opening has nothing to do.
 *
 * <p>Errors: as {@link SnapshotStore} says. After a commit or a checkpoint has failed, every write throws {@link
 * StoreFailedException} until the store is opened again; reads go on.
 *
 * <p>Concurrency: safe for many threads. Readers never wait for the log.
 */
public final class DurableStore implements SnapshotStore, Committer {
    /** The directory of the log in that of the store. */
    static final String LOG = "log";

    private final Path directory;
    private final DurableOptions options;
    private final StoreLock lock;
    private final StatsRecorder stats;
    private final StorageEngine engine;
    private final WriteAheadLog log;
    private final LogSyncer syncer;
    private final GroupCommitter committer;
    private final LogCheckpointer checkpointer;
    private final long replayedOperations;
    private final AtomicLong published; // sequence up to which readers and transactions see the store
    private boolean closed; // guarded by this

    /** What a store is made of. */
    private record Parts(
            StoreLock lock,
            StorageEngine engine,
            RecoveryManager.Recovered recovered,
            GroupCommitter.Publisher publisher) {}

    private DurableStore(Path directory, DurableOptions options, StatsRecorder stats, Parts parts) {
        this.directory = directory;
        this.options = options;
        this.stats = stats;
        this.lock = parts.lock;
        this.engine = parts.engine;
        this.log = parts.recovered.log();
        this.replayedOperations = parts.recovered.operations();
        this.published = new AtomicLong(engine.lastSequence());
        engine.useLog(log::sync);
        this.syncer = new LogSyncer(log, options.syncPolicy());
        this.committer = new GroupCommitter(log, syncer, counting(parts.publisher), stats);
        this.checkpointer =
                new LogCheckpointer(engine, log, options.checkpointLogBytes(), parts.recovered.operationBytes());
        if (options.retainedLogBytes() > 0) {
            checkpointer
                    .holds()
                    .retain(new LogRetention(directory.resolve(LOG), log, options.retainedLogBytes(), stats));
        }
    }

    /** A publisher that is {@code other}, after which the sequence is known to be published. */
    private GroupCommitter.Publisher counting(GroupCommitter.Publisher other) {
        return (sequence, batch) -> {
            other.publish(sequence, batch);
            published.setRelease(sequence + batch.operations().size() - 1); // one thread at a time publishes
        };
    }

    /** Opens a store whose engine applies batches itself, for a caller that does not show how far recovery is. */
    public static DurableStore open(Path directory, DurableOptions options) {
        return open(directory, options, operations -> {}, engine -> engine::apply);
    }

    /**
     * Opens the store in {@code directory}, which is created if it is not there, and recovers it. In this order:
     *
     * <ol>
     *   <li>The directory is created, and its {@link StoreLock} taken: before anything in it is looked at.
     *   <li>{@link StoreFormat#read}. If there is a store, its format must fit the options ({@link StoreFormat#check}).
     *   <li>The engine is opened in its {@link #folder}.
     *   <li>If there is a store, it is recovered from the folder {@code log} by {@link RecoveryManager}. If there is none, {@link
     *       #created}.
     *   <li>The publisher is made, which takes the commits from here on. Recovery does not go through it.
     * </ol>
     *
     * <p>What a step throws propagates. The engine and the lock are closed then ({@link #closeAfter}), so that the next attempt
     * fails for the same reason and not since the store is open.
     *
     * @param progress as {@link RecoveryManager#recover} tells it
     * @param publisher of the engine: applies batches to it once it is recovered
     * @throws StorageIoException if the store is open already, here or in another process, or the file system refuses
     * @throws IllegalArgumentException if the store there has another engine, or values of another kind
     * @throws storagelab.api.CorruptionException if a file is damaged or missing
     */
    @ExercisePart("6.6")
    public static DurableStore open(
            Path directory,
            DurableOptions options,
            LongConsumer progress,
            Function<StorageEngine, ? extends GroupCommitter.Publisher> publisher) {
        StatsRecorder stats = new StatsRecorder();
        Directories.create(directory, stats);
        StoreLock lock = StoreLock.acquire(directory);
        StorageEngine engine = null;
        try {
            Optional<StoreFormat> format = StoreFormat.read(directory);
            format.ifPresent(found -> found.check(directory, options));
            engine = options.engine().open(directory.resolve(folder(options.engine())), options);
            Path logDirectory = directory.resolve(LOG);
            RecoveryManager.Recovered recovered = format.isPresent()
                    ? RecoveryManager.recover(engine, logDirectory, options.log(), stats, progress)
                    : created(directory, engine, options, stats);
            return new DurableStore(
                    directory, options, stats, new Parts(lock, engine, recovered, publisher.apply(engine)));
        } catch (RuntimeException | Error e) {
            closeAfter(e, engine, lock);
            throw e;
        }
    }

    /**
     * The {@link EngineType#id} of the engine of the store in {@code directory}; nothing if there is no store. Only looks: nothing is opened, and nothing is
     * written.
     *
     * @throws StorageIoException if the file system refuses
     * @throws storagelab.api.CorruptionException if the file that says so is damaged, or was written by a newer program
     */
    public static Optional<String> engineOf(Path directory) {
        return StoreFormat.read(directory).map(StoreFormat::engine);
    }

    /** The directory of an engine in that of the store. */
    static String folder(EngineType engine) {
        return engine.id();
    }

    /**
     * Makes a store of a directory that has none: creates the folder {@code log}, deletes the segments that a crash has left there
     * of an earlier attempt, creates a log that goes on after the engine's last sequence, and writes the {@link StoreFormat}. That
     * comes last: from then on there is a store, and a log that is missing is an error.
     */
    @ExercisePart("6.6")
    private static RecoveryManager.Recovered created(
            Path directory, StorageEngine engine, DurableOptions options, StatsRecorder stats) {
        Path logDirectory = directory.resolve(LOG);
        Directories.create(logDirectory, stats);
        WriteAheadLog.deleteAll(logDirectory);
        WriteAheadLog log = WriteAheadLog.create(logDirectory, engine.lastSequence(), options.log(), stats);
        new StoreFormat(options.engine(), options.values()).write(directory, stats);
        return new RecoveryManager.Recovered(log, 0, 0);
    }

    private static void closeAfter(Throwable failure, @Nullable StorageEngine engine, StoreLock lock) {
        try (lock) {
            if (engine != null) {
                engine.close();
            }
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    @Override
    public Optional<Slice> get(Slice key) {
        return engine.get(key);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if a key or a value is too long for the engine; nothing has changed then
     */
    @Override
    public void write(WriteBatch batch, Durability durability) {
        long unused = commit(batch, durability);
    }

    /**
     * Commits a batch: returns when it is in the log, as durable as was asked for, and visible. In this order:
     *
     * <ol>
     *   <li>{@link StorageEngine#check}: what is in the log can no longer be refused.
     *   <li>If a checkpoint has failed, the commit is refused: the log would grow for ever.
     *   <li>{@link GroupCommitter#commit}, which appends, syncs and publishes it.
     *   <li>{@link LogCheckpointer#written} is told its bytes of keys and values.
     * </ol>
     *
     * <p>Example: over the B+tree a put of 100 bytes appends about 140 bytes to the log and changes a page in memory. Nothing else
     * is written until the next checkpoint, which writes each changed page once.
     *
     * <p>Cost: one record of the log, which it may share; a sync only if it waits for one. No page is written.
     *
     * @return the sequence of its last operation; of an empty batch, of the last operation before it
     * @throws IllegalArgumentException if a key or a value is too long for the engine; nothing has changed then
     * @throws StoreFailedException if an earlier commit or a checkpoint has failed
     * @throws storagelab.api.StoreClosedException if the store is closed
     */
    @Exercise(
            id = "6.6",
            title = "Either engine behind one log",
            points = 6,
            difficulty = Difficulty.MEDIUM,
            hours = 4,
            needs = {"4.14", "5.8", "5.9", "5.13", "5.14", "5.15", "5.16", "6.3", "6.4", "6.5"})
    @Override
    public long commit(WriteBatch batch, Durability durability, Admission admission) {
        engine.check(batch);
        Throwable cause = checkpointer.failure();
        if (cause != null) {
            throw new StoreFailedException(directory.toString(), cause);
        }
        long last = committer.commit(batch, durability, admission);
        checkpointer.written(CommitQueue.userBytes(batch));
        return last;
    }

    @Override
    public Cursor cursor(KeyRange range) {
        return engine.cursor(range);
    }

    @Override
    public EngineSnapshot snapshot() {
        return engine.snapshot();
    }

    /** The sequence of the last operation that a get can see. */
    public long lastSequence() {
        return engine.lastSequence();
    }

    /** How many operations were applied again when the store was opened. */
    public long replayedOperations() {
        return replayedOperations;
    }

    /** Makes everything that was written before the call durable in the engine, and deletes the log up to there. */
    public void checkpoint() {
        checkpointer.checkpoint();
    }

    /**
     * Writes the state of one moment, which is during the call, as a store in {@code target}, while writers go on. It is opened with
     * the same options. A crash during the call never leaves a directory that opens as a store.
     *
     * @param target a directory that is empty, or is created; it may be on another file system
     * @return the sequence of the last operation in the backup
     * @throws IllegalArgumentException if {@code target} is not empty
     * @throws StorageIoException if the file system refuses; {@code target} is not a store then, and can be deleted
     */
    public long backup(Path target) {
        try (EngineSnapshot now = engine.snapshot()) {
            Backup.write(now, target, options);
            return now.sequence();
        }
    }

    /**
     * The changes after {@code afterSequence}: all that the log has, with 0.
     *
     * @throws storagelab.api.LogTruncatedException if the log begins later
     */
    public ChangeFeed changes(long afterSequence, FeedOptions how) {
        ChangeFeed.Source source =
                new ChangeFeed.Source(log, directory.resolve(LOG), checkpointer.holds(), published::get);
        return ChangeFeed.open(source, afterSequence, how, stats);
    }

    /** What the log and its commits are counted in. */
    public StatsRecorder recorder() {
        return stats;
    }

    /** The engine, to be looked at: verified, say, or measured. What is written to it past this store is lost. */
    public StorageEngine engine() {
        return engine;
    }

    /** What the engine counts, and what the log does. A metric that both keep is their sum. */
    @Override
    public StoreStats stats() {
        StoreStats ofEngine = engine.stats();
        Map<Metric, Long> sums = new HashMap<>(ofEngine.metrics());
        stats.snapshot().metrics().forEach((metric, value) -> sums.merge(metric, value, Long::sum));
        return new StoreStats(sums, ofEngine.getLatency(), ofEngine.writeLatency());
    }

    /**
     * Closes the store: waits for the commits that have begun ({@link GroupCommitter#stop}), makes a last checkpoint, so that the
     * next opening applies nothing again, and closes what the store is made of: the checkpointer, the syncer, the log, the engine,
     * the lock, in this order. If a commit or a checkpoint has failed before, there is no last checkpoint.
     *
     * <p>What is thrown does not keep the rest from being closed, and propagates. Closing twice does nothing.
     */
    @ExercisePart("6.6")
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (Closer closer = Closer.create()) {
            closer.register(lock);
            closer.register(engine::close);
            closer.register(log);
            closer.register(syncer);
            closer.register(checkpointer);
            committer.stop();
            if (!committer.hasFailed() && checkpointer.failure() == null) {
                checkpointer.checkpoint();
            }
        } catch (IOException e) {
            throw new StorageIoException("closing " + directory, e);
        }
    }
}
