package storagelab.kv;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import com.google.common.util.concurrent.Uninterruptibles;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.Isolation;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.Snapshot;
import storagelab.api.SnapshotStore;
import storagelab.api.StorageException;
import storagelab.api.StoreStats;
import storagelab.api.WriteBatch;
import storagelab.compaction.CompactionFilter;
import storagelab.compaction.TtlFilter;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.ReadOnlyStore;
import storagelab.recovery.StoredValues;

/**
 * A {@link CrashSafeStore} whose values may expire: from its expiry on, a value is not there. What a caller sees is the same over
 * either engine.
 *
 * <pre>{@code
 * ExpiringStore store = ExpiringStore.open(path, options, InstantSource.system());
 * Instant inAnHour = store.instant().plus(Duration.ofHours(1));
 * store.putExpiring(session, user, inAnHour, Durability.BUFFERED);
 * }</pre>
 *
 * <p><b>Which moment.</b> A get and a cursor see the values that are there when they begin; a snapshot and a transaction, when they
 * were made, however long they last. A value that is written without an expiry stays until it is deleted. {@link #update}
 * and what is built on it keep the expiry that there is.
 *
 * <p><b>Space.</b> Reads skip expired values, whether they are deleted yet or not. The space of expired values is given
 * back later: over the LSM tree the merges drop them, see {@link CompactionFilter}, over the B+tree {@link #sweep} or {@link #sweepEvery}
 * deletes them.
 * Neither takes a value from a snapshot or a transaction that can see it.
 *
 * <p><b>The clock</b> is passed in. If it goes back, it stands still for this store until it is where it was. The expiry is stored
 * as a moment, so values expire while the store is closed, too.
 *
 * <p>Each value takes one byte more than in a {@link CrashSafeStore}, and nine with an expiry. A store is one or the other from its
 * creation on; the file {@code FORMAT} says so.
 *
 * <p>Everything else is as {@link CrashSafeStore} says. Concurrency: safe for many threads.
 */
public final class ExpiringStore implements UpdatableStore {
    private final Path directory;
    private final CrashSafeStore store;
    private final SteadyClock clock;
    private final Updates updates;
    private final Sweeper sweeper;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(new ThreadFactoryBuilder()
            .setDaemon(true)
            .setNameFormat("expiry-sweep")
            .build()); // has no thread until it is given work

    private ExpiringStore(Path directory, CrashSafeStore store, SteadyClock clock) {
        this.directory = directory;
        this.store = store;
        this.clock = clock;
        this.updates = new Updates(store, store::awaitCommits);
        this.sweeper = new Sweeper(store, clock);
    }

    /**
     * Opens the store in {@code directory}, which is created if it is not there, and recovers it.
     *
     * @param clock says which values have expired
     * @throws IllegalArgumentException if the store there has another engine, or values that never expire
     * @throws storagelab.api.StorageIoException as {@link CrashSafeStore#open(Path, DurableOptions)}
     * @throws storagelab.api.CorruptionException as {@link CrashSafeStore#open(Path, DurableOptions)}
     */
    public static ExpiringStore open(Path directory, DurableOptions options, InstantSource clock) {
        SteadyClock steady = new SteadyClock(clock);
        CompactionFilter filter = filter(options.lsm().compactionFilter(), steady);
        DurableOptions expiring =
                options.withValues(StoredValues.EXPIRING).withLsm(options.lsm().withCompactionFilter(filter));
        return new ExpiringStore(directory, CrashSafeStore.open(directory, expiring), steady);
    }

    /**
     * Opens the store in {@code directory} for reading. Nothing in the directory is written, and no writer may have it open meanwhile;
     * see {@link ReadOnlyStore}. Snapshots see the values that are there when they are made.
     *
     * @throws IllegalArgumentException if the store there has another engine, or values that never expire
     * @throws storagelab.api.StorageIoException as {@link CrashSafeStore#openReadOnly}
     * @throws storagelab.api.CorruptionException as {@link CrashSafeStore#openReadOnly}
     */
    public static SnapshotStore openReadOnly(Path directory, DurableOptions options, InstantSource clock) {
        ReadOnlyStore stored = ReadOnlyStore.open(directory, options.withValues(StoredValues.EXPIRING));
        return new ReadOnly(directory, stored, new SteadyClock(clock));
    }

    /** Drops what has expired, and of the rest what {@code other} drops, which is asked about the values without their expiry. */
    private static CompactionFilter filter(CompactionFilter other, InstantSource clock) {
        TtlFilter expired = new TtlFilter(Duration.ZERO, clock, ExpiringValue::expiryMillis);
        return (key, stored) -> expired.drops(key, stored) || other.drops(key, ExpiringValue.withoutHead(stored));
    }

    /** The moment that the clock of the store says now. */
    public Instant instant() {
        return clock.instant();
    }

    /** The value of {@code key} and its expiry, or nothing if it has none. */
    public Optional<ExpiringValue> getWithExpiry(Slice key) {
        Optional<Slice> stored = store.get(key);
        return stored.map(bytes -> ExpiringValue.decode(bytes, directory))
                .filter(value -> value.expiry().isEmpty() || value.isThereAt(clock.instant()));
    }

    @Override
    public Optional<Slice> get(Slice key) {
        return getWithExpiry(key).map(ExpiringValue::value);
    }

    /** Stores a value that is there until {@code expiry}; one that has passed already stores what no reader sees. */
    public void putExpiring(Slice key, Slice value, Instant expiry, Durability durability) {
        Slice stored = new ExpiringValue(value, Optional.of(expiry)).encode();
        store.write(new WriteBatch().put(key, stored), durability);
    }

    /**
     * Gives the value of {@code key} another expiry.
     *
     * @param expiry nothing if it shall never expire
     * @return whether there is a value; if not, nothing has changed
     */
    public boolean expire(Slice key, Optional<Instant> expiry, Durability durability) {
        return replace(key, found -> found.map(value -> new ExpiringValue(value.value(), expiry)), durability)
                .isPresent();
    }

    /** {@inheritDoc} The values never expire. */
    @Override
    public void write(WriteBatch batch, Durability durability) {
        WriteBatch stored = new WriteBatch();
        for (WriteBatch.Operation operation : batch.operations()) {
            if (operation instanceof WriteBatch.Put put) {
                stored.put(put.key(), ExpiringValue.lasting(put.value()).encode());
            } else {
                stored.delete(operation.key());
            }
        }
        store.write(stored, durability);
    }

    /** {@inheritDoc} The new value has the expiry of the one that it replaces. */
    @Override
    public Optional<Slice> update(Slice key, UnaryOperator<Optional<Slice>> change, Durability durability) {
        return replace(
                        key,
                        found -> change.apply(found.map(ExpiringValue::value))
                                .map(value -> new ExpiringValue(value, found.flatMap(ExpiringValue::expiry))),
                        durability)
                .map(ExpiringValue::value);
    }

    /**
     * As {@link #update}, of the value together with its expiry.
     *
     * @return what {@code change} returned last
     */
    public Optional<ExpiringValue> replace(
            Slice key, UnaryOperator<Optional<ExpiringValue>> change, Durability durability) {
        return updates.update(
                        key,
                        stored -> {
                            Optional<ExpiringValue> found = stored.map(bytes -> ExpiringValue.decode(bytes, directory))
                                    .filter(value -> value.isThereAt(clock.instant()));
                            return change.apply(found).map(ExpiringValue::encode);
                        },
                        durability)
                .map(bytes -> ExpiringValue.decode(bytes, directory));
    }

    /** {@inheritDoc} Values that have expired and are still stored count, too. */
    @Override
    public long deleteRange(KeyRange range, Durability durability) {
        return store.deleteRange(range, durability);
    }

    @Override
    public Cursor cursor(KeyRange range) {
        Cursor stored = store.cursor(range);
        return new ExpiringCursor(stored, clock.instant(), directory);
    }

    @Override
    public Snapshot snapshot() {
        Snapshot stored = store.snapshot();
        return new At(
                stored, clock.instant(), directory); // the clock after the snapshot: merges have dropped nothing later
    }

    @Override
    public ExpiringTransaction begin(Isolation isolation) {
        return new ExpiringTransaction(store.begin(isolation), clock.instant(), directory);
    }

    /**
     * Deletes values that have expired: looks at {@code entriesMax} entries in the order of their keys, from where the last call
     * has ended, and begins again after the last key. Over the LSM tree it need not be called.
     *
     * <p>Example: 10,000 entries of which a tenth have expired. Ten calls of {@code sweep(1000)} delete 1,000 values.
     *
     * <p>Cost: reads the entries; a transaction for each hundred that are deleted. Of a transaction that meets a
     * concurrent write of one of its keys, all are left for the next round.
     *
     * @return how many were deleted
     */
    public long sweep(int entriesMax) {
        return sweeper.sweep(entriesMax);
    }

    /**
     * Sweeps over {@code entriesMax} entries again and again until the store is closed, in a thread of its own, with a pause between two
     * sweeps. If a sweep fails the sweeping ends; the next write says why.
     */
    public void sweepEvery(Duration pause, int entriesMax) {
        long nanos = pause.toNanos();
        ScheduledFuture<?> unused =
                timer.scheduleWithFixedDelay(() -> sweepOnce(entriesMax), nanos, nanos, TimeUnit.NANOSECONDS);
    }

    private void sweepOnce(int entriesMax) {
        try {
            long unused = sweep(entriesMax);
        } catch (StorageException e) {
            timer.shutdown(); // the store remembers the failure, and the next write throws it
        }
    }

    /** Makes everything durable in the engine that was written before the call, and cuts the log. */
    public void checkpoint() {
        store.checkpoint();
    }

    /** Writes the state of one moment as a store in {@code target}; see {@link CrashSafeStore#backup}. */
    public long backup(Path target) {
        return store.backup(target);
    }

    /** The store beneath, with the expiry before each value, to be looked at or measured. */
    public CrashSafeStore stored() {
        return store;
    }

    @Override
    public StoreStats stats() {
        return store.stats();
    }

    /** {@inheritDoc} Waits for a sweep that is under way. */
    @Override
    public void close() {
        timer.shutdown();
        Uninterruptibles.awaitTerminationUninterruptibly(timer);
        store.close();
    }

    /** The store, opened for reading. */
    private record ReadOnly(Path directory, ReadOnlyStore stored, SteadyClock clock) implements SnapshotStore {
        @Override
        public Optional<Slice> get(Slice key) {
            return stored.get(key)
                    .map(bytes -> ExpiringValue.decode(bytes, directory))
                    .filter(value -> value.isThereAt(clock.instant()))
                    .map(ExpiringValue::value);
        }

        @Override
        public void write(WriteBatch batch, Durability durability) {
            stored.write(batch, durability);
        }

        @Override
        public Cursor cursor(KeyRange range) {
            return new ExpiringCursor(stored.cursor(range), clock.instant(), directory);
        }

        @Override
        public Snapshot snapshot() {
            return new At(stored.snapshot(), clock.instant(), directory);
        }

        @Override
        public StoreStats stats() {
            return stored.stats();
        }

        @Override
        public void close() {
            stored.close();
        }
    }

    /** A snapshot of the values that are there at one moment. */
    private record At(Snapshot stored, Instant now, Path directory) implements Snapshot {
        @Override
        public Optional<Slice> get(Slice key) {
            return stored.get(key)
                    .map(bytes -> ExpiringValue.decode(bytes, directory))
                    .filter(value -> value.isThereAt(now))
                    .map(ExpiringValue::value);
        }

        @Override
        public Cursor cursor(KeyRange range) {
            return new ExpiringCursor(stored.cursor(range), now, directory);
        }

        @Override
        public void close() {
            stored.close();
        }
    }
}
