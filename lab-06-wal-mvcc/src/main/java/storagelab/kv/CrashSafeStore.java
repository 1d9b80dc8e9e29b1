package storagelab.kv;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.EngineSnapshot;
import storagelab.api.Isolation;
import storagelab.api.KeyRange;
import storagelab.api.Metric;
import storagelab.api.Slice;
import storagelab.api.StorageEngine;
import storagelab.api.StoreStats;
import storagelab.api.Transaction;
import storagelab.api.WriteBatch;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.course.ExercisePart;
import storagelab.course.Solution;
import storagelab.mvcc.ChainedVersions;
import storagelab.mvcc.NativeVersions;
import storagelab.mvcc.TransactionManager;
import storagelab.mvcc.VersionMetrics;
import storagelab.mvcc.VersionedEngine;
import storagelab.recovery.ChangeFeed;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.DurableStore;
import storagelab.recovery.EngineType;
import storagelab.recovery.FeedOptions;
import storagelab.recovery.ReadOnlyStore;

/**
 * A crash-safe, ordered key-value store with transactions, over a B+tree or an LSM tree.
 *
 * <pre>{@code
 * try (CrashSafeStore store = CrashSafeStore.open(path, DurableOptions.defaults(EngineKind.BTREE))) {
 *     store.put(Slice.utf8("stock"), Slice.utf8("10"));
 *     try (Transaction sale = store.begin(Isolation.SERIALIZABLE)) {
 *         Optional<Slice> stock = sale.get(Slice.utf8("stock"));
 *         sale.put(Slice.utf8("stock"), Slice.utf8("9"));
 *         sale.commit(Durability.SYNCED);
 *     }
 * }
 * }</pre>
 *
 * <p>What is promised: a killed process loses no write that has returned, and a power cut none that was
 * {@link Durability#SYNCED}; a batch or a transaction is there as a whole or not at all; reads of a snapshot or a
 * transaction see one moment; transactions are isolated as their {@link Isolation} says. A write outside of a transaction
 * is one of its own that reads nothing: it never conflicts, and transactions may conflict with it.
 *
 * <p>Errors: as {@link storagelab.recovery.DurableStore} says. A {@link storagelab.api.TransactionConflictException} says
 * that a transaction was rolled back and may be run again.
 *
 * <p>Concurrency: safe for many threads. Readers wait for no writer, and no writer for a reader.
 */
public final class CrashSafeStore implements UpdatableStore {
    private final DurableStore store;
    private final VersionedEngine versions;
    private final TransactionManager transactions;
    private final Updates updates;

    private CrashSafeStore(DurableStore store, VersionedEngine versions) {
        this.store = store;
        this.versions = versions;
        this.transactions = new TransactionManager(versions, store, store.recorder());
        this.updates = new Updates(this, this::awaitCommits);
    }

    /**
     * Opens the store in {@code directory}, which is created if it is not there, and recovers it.
     *
     * @throws storagelab.api.StorageIoException if the store is open already, here or in another process, or the file
     *     system refuses
     * @throws IllegalArgumentException if the store there has another engine, or is an {@link ExpiringStore}
     * @throws storagelab.api.CorruptionException if a file is damaged or missing
     */
    public static CrashSafeStore open(Path directory, DurableOptions options) {
        return open(directory, options, operations -> {});
    }

    /**
     * Opens the store in {@code directory}, which is created if it is not there, with the engine and everything else that
     * {@code options} say, and recovers it. This puts the parts of the lab together:
     *
     * <ol>
     *   <li>{@link DurableStore#open(Path, DurableOptions, LongConsumer, java.util.function.Function)} opens the engine
     *       behind the log and recovers it. Then it asks for the publisher of the engine, which applies every later
     *       batch.
     *   <li>The publisher is the {@link VersionedEngine} of the engine: {@link ChainedVersions} over a B+tree,
     *       {@link NativeVersions} over an LSM tree; {@link EngineType#keepsVersions} says which. Without it no version is kept, and a view would see later writes.
     *   <li>The same {@link VersionedEngine} goes to the store, whose transactions read it.
     * </ol>
     *
     * @param progress is told now and then how many operations recovery has applied again
     * @throws storagelab.api.StorageIoException if the store is open already, here or in another process
     * @throws IllegalArgumentException if the store there has another engine
     */
    @Exercise(
            id = "6.11",
            title = "The crash-safe store",
            points = 4,
            difficulty = Difficulty.MEDIUM,
            hours = 2,
            needs = {
                "4.14", "5.8", "5.9", "5.13", "5.14", "5.15", "5.16", "6.3", "6.4", "6.5", "6.6", "6.8", "6.9", "6.10"
            })
    public static CrashSafeStore open(Path directory, DurableOptions options, LongConsumer progress) {
        @Nullable VersionedEngine[] made = new VersionedEngine[1];
        DurableStore store = DurableStore.open(directory, options, progress, engine -> {
            VersionedEngine versions = versionsOf(options.engine(), engine);
            made[0] = versions;
            return versions;
        });
        VersionedEngine versions = made[0];
        if (versions == null) {
            throw new AssertionError("a store that was opened without its publisher");
        }
        return new CrashSafeStore(store, versions);
    }

    /**
     * Opens the store in {@code directory} for reading. Nothing in the directory is written, and no writer may have it
     * open meanwhile; see {@link ReadOnlyStore}.
     *
     * @throws storagelab.api.StorageIoException if there is no store, if it is open for writing, here or in another
     *     process, or the file system refuses
     * @throws IllegalArgumentException if the store there has another engine, or is an {@link ExpiringStore}
     * @throws storagelab.api.CorruptionException if a file is damaged or missing
     */
    public static ReadOnlyStore openReadOnly(Path directory, DurableOptions options) {
        return ReadOnlyStore.open(directory, options);
    }

    @Solution
    private static VersionedEngine versionsOf(EngineType type, StorageEngine engine) {
        return type.keepsVersions() ? new NativeVersions(engine) : new ChainedVersions(engine);
    }

    @Override
    public Optional<Slice> get(Slice key) {
        return store.get(key);
    }

    /**
     * Writes a batch as one transaction that reads nothing ({@link TransactionManager#write}): it never conflicts, and a
     * transaction that began before and writes one of its keys is refused. When this returns, the batch is as durable as
     * {@code durability} says.
     */
    @Override
    @ExercisePart("6.11")
    public void write(WriteBatch batch, Durability durability) {
        long unused = transactions.write(batch, durability);
    }

    @Override
    public Cursor cursor(KeyRange range) {
        return store.cursor(range);
    }

    @Override
    public EngineSnapshot snapshot() {
        return store.snapshot();
    }

    /** Begins a transaction of this level, which sees every write that has returned. */
    @Override
    @ExercisePart("6.11")
    public Transaction begin(Isolation isolation) {
        return transactions.begin(isolation);
    }

    @Override
    public Optional<Slice> update(Slice key, UnaryOperator<Optional<Slice>> change, Durability durability) {
        return updates.update(key, change, durability);
    }

    @Override
    public long deleteRange(KeyRange range, Durability durability) {
        WriteBatch deletions;
        try (EngineSnapshot now = snapshot();
                Cursor cursor = now.cursor(range)) {
            deletions = RangeDeletions.of(cursor, range);
        }
        write(deletions, durability);
        return deletions.operations().size();
    }

    /** Returns when every commit that has got its place in the log is visible. */
    void awaitCommits() {
        long unused = store.commit(new WriteBatch(), Durability.BUFFERED);
    }

    /** How many values are kept in memory only because a transaction may read them. */
    public long versions() {
        return versions.versions();
    }

    /** Makes everything durable in the engine that was written before the call, and cuts the log. */
    public void checkpoint() {
        store.checkpoint();
    }

    /**
     * Writes the state of one moment as a store in {@code target}, while writers go on; see {@link DurableStore#backup}.
     * To restore it, open it, or a copy of it.
     *
     * @return the sequence of the last operation in the backup; {@link #changes} after it are those that the backup does
     *     not have
     */
    public long backup(Path target) {
        return store.backup(target);
    }

    /** The changes after a sequence, in the order of their commits; see {@link ChangeFeed}. */
    public ChangeFeed changes(long afterSequence, FeedOptions how) {
        return store.changes(afterSequence, how);
    }

    /** The sequence of the last operation that a get can see. */
    public long lastSequence() {
        return store.lastSequence();
    }

    /** How many operations were applied again when the store was opened. */
    public long replayedOperations() {
        return store.replayedOperations();
    }

    /** The engine, to be looked at. What is written to it past this store is lost. */
    public StorageEngine engine() {
        return store.engine();
    }

    /**
     * What the engine, the log and the transactions count, and what open views cost at this moment: {@link
     * VersionMetrics#of}.
     */
    @Override
    @ExercisePart("6.11")
    public StoreStats stats() {
        StoreStats ofStore = store.stats();
        Map<Metric, Long> metrics = new HashMap<>(ofStore.metrics());
        metrics.putAll(VersionMetrics.of(versions));
        return new StoreStats(metrics, ofStore.getLatency(), ofStore.writeLatency());
    }

    @Override
    public void close() {
        store.close();
    }
}
