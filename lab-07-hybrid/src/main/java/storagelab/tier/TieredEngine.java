package storagelab.tier;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.StampedLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import storagelab.api.CorruptionException;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.EngineSnapshot;
import storagelab.api.KeyRange;
import storagelab.api.Metric;
import storagelab.api.SequenceNumber;
import storagelab.api.Slice;
import storagelab.api.StorageEngine;
import storagelab.api.StoreClosedException;
import storagelab.api.StoreStats;
import storagelab.api.WriteBatch;
import storagelab.cursor.StoreCursor;
import storagelab.file.Directories;
import storagelab.file.StatsRecorder;
import storagelab.log.CommitQueue;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineType;
import storagelab.tier.Placement.Placed;

/**
 * Several engines, the <em>tiers</em>, as one: a {@link Placement} says which of them has which keys. A key is read and written only there. A
 * {@link TierMigrator} moves keys to another tier while readers and writers go on.
 *
 * <p>In the directory: each tier in a directory with the {@link EngineType#id} of its type as its name, and the {@link TierManifest}.
 *
 * <p>Example: prices are on {@code btree}, everything else on {@code lsm}. A batch with a price and an order gives each tier one operation; a cursor
 * over all keys goes from the LSM tree to the B+tree and back to the LSM tree.
 *
 * <p><b>What is special about crashes.</b> Each tier writes to its files when it likes, so after a crash one tier may have an operation and another one
 * lack an earlier one. What is certain is {@link #durableSequence}: every operation up to there is on the disk. Some of the later ones may be, too, and
 * not a prefix of them. So this engine belongs behind a log, from which it gets all operations after the durable sequence again when it is opened. Each says what
 * its key has then, so the result is the same whatever the tiers had, if the log has all that they have. To that end, no tier may write an operation to its files
 * before it is in the log on the disk ({@link #useLog}): an LSM tree that is told to {@linkplain storagelab.lsm.LsmStore#shareLog share the log} does not, and neither does a
 * {@link storagelab.writeback.WriteBackCache}, be it in front of a tier or in front of this engine.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>The tier of a key, by the placement, has its newest value, or nothing if it was deleted.
 *   <li>While no move is under way, no other tier has the key.
 *   <li>{@link #durableSequence} ≤ {@link #lastSequence}, and the manifest on the disk is the one in memory.
 * </ol>
 *
 * <p>Concurrency: safe for many threads. A get waits only while a batch for several tiers is applied, or keys change their tier in the
 * placement: both must be seen at once. Lock order: {@link #applying}, {@link #seen}, {@link #describing}.
 */
public final class TieredEngine implements StorageEngine {
    private final Path directory;
    private final TierSet tiers;
    private final StatsRecorder stats = new StatsRecorder();

    /** Held while operations are applied or keys change their tier. */
    private final ReentrantLock applying = new ReentrantLock();

    /** Held for writing while what is read in several tiers changes. */
    private final StampedLock seen = new StampedLock();

    /** Held while the manifest is replaced. */
    private final Object describing = new Object();

    private volatile TierManifest manifest; // replaced holding describing
    private volatile long sequence; // written holding applying
    private volatile boolean closed; // written holding applying
    private @Nullable KeyRange watched; // guarded by applying
    private Set<Slice> touched = new HashSet<>(); // keys of watched that were written; guarded by applying

    private TieredEngine(Path directory, TierSet tiers, TierManifest manifest) {
        this.directory = directory;
        this.tiers = tiers;
        this.manifest = manifest;
        this.sequence = manifest.sequence();
    }

    /**
     * Opens the engine in {@code directory}, which is created if it does not exist. All keys of a new one are on the first tier.
     *
     * @param types of the tiers, one or more
     * @throws CorruptionException if the manifest is damaged, names a tier that is not among the types, or a file of a tier is damaged
     * @throws storagelab.api.StorageIoException if the file system refuses
     */
    public static TieredEngine open(Path directory, List<? extends EngineType> types, DurableOptions options) {
        StatsRecorder stats = new StatsRecorder();
        Directories.create(directory, stats);
        Optional<TierManifest> found = readManifest(directory, types);
        TierManifest manifest = found.orElseGet(
                () -> new TierManifest(0, Placement.all(types.get(0).id()), Optional.empty()));
        if (found.isEmpty()) {
            manifest.replace(directory, stats);
        }
        return new TieredEngine(directory, TierSet.open(directory, types, options), manifest);
    }

    /** The engine in {@code directory} for reading, as it is on the disk. */
    static EngineSnapshot openReadOnly(Path directory, List<? extends EngineType> types, DurableOptions options) {
        TierManifest manifest = readManifest(directory, types).orElseThrow(() -> missing(directory));
        return new TieredSnapshot(
                manifest.sequence(), manifest.placement(), TierSet.openReadOnly(directory, types, options), () -> {});
    }

    private static CorruptionException missing(Path directory) {
        return new CorruptionException(directory.resolve(TierManifest.NAME), 0, "a list of tiers", "no such file");
    }

    /**
     * Which tier has which keys in the engine in {@code directory}, as its file says. Nothing is opened.
     *
     * @throws CorruptionException if the file is damaged or missing
     */
    public static Placement placementIn(Path directory) {
        return TierManifest.read(directory)
                .orElseThrow(() -> missing(directory))
                .placement();
    }

    private static Optional<TierManifest> readManifest(Path directory, List<? extends EngineType> types) {
        Optional<TierManifest> found = TierManifest.read(directory);
        Set<String> ids = new HashSet<>();
        types.forEach(type -> ids.add(type.id()));
        found.ifPresent(manifest -> {
            Set<String> named = new HashSet<>();
            manifest.placement().parts().forEach(part -> named.add(part.tier()));
            manifest.move().ifPresent(move -> named.add(move.to()));
            named.removeAll(ids);
            if (!named.isEmpty()) {
                throw new IllegalArgumentException("the store in " + directory + " has keys on the tiers " + named
                        + "; name them, too, where it is opened with " + ids);
            }
        });
        return found;
    }

    /** Which tier has which keys. */
    public Placement placement() {
        return manifest.placement();
    }

    /** The move that has begun and not ended, here or before the engine was opened. */
    public Optional<Move> move() {
        return manifest.move();
    }

    /** The ids of the tiers; the first one has the keys of a new engine. */
    public List<String> tiers() {
        return tiers.ids();
    }

    /**
     * A tier, to be looked at. What is written to it past this engine is lost.
     *
     * @throws IllegalArgumentException if there is none with this id
     */
    public StorageEngine tier(String id) {
        return tiers.get(id);
    }

    /** {@inheritDoc} Keys may change their tier while one is read: then it is read again. */
    @Override
    public Optional<Slice> get(Slice key) {
        checkOpen();
        long stamp = seen.tryOptimisticRead();
        if (stamp != 0) {
            Optional<Slice> value = tier(placement().tierOf(key)).get(key);
            if (seen.validate(stamp)) {
                return value;
            }
        }
        stamp = seen.readLock();
        try {
            return tier(placement().tierOf(key)).get(key);
        } finally {
            seen.unlockRead(stamp);
        }
    }

    /** {@inheritDoc} The tiers make it durable, if it is to be: a checkpoint. */
    @Override
    public void write(WriteBatch batch, Durability durability) {
        check(batch);
        applying.lock();
        try {
            apply(sequence + 1, batch);
        } finally {
            applying.unlock();
        }
        if (durability == Durability.SYNCED) {
            checkpoint();
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>If a tier refuses its part, what the tier throws propagates, and other tiers may have theirs. {@link #lastSequence} stays as it is, and
     * the caller applies the whole batch again.
     */
    @Override
    public void apply(long first, WriteBatch batch) {
        List<WriteBatch.Operation> operations = batch.operations();
        applying.lock();
        try {
            checkOpen();
            if (operations.isEmpty()) {
                return;
            }
            if (first <= sequence || first > SequenceNumber.MAX - operations.size() + 1) {
                throw new IllegalArgumentException(
                        operations.size() + " operations at sequence " + first + " after sequence " + sequence);
            }
            writeToTiers(batch);
            sequence = first + operations.size() - 1;
        } finally {
            applying.unlock();
        }
        stats.increment(Metric.WRITES);
        stats.add(Metric.BYTES_IN, CommitQueue.userBytes(batch));
    }

    /** Gives each tier its part of a batch. Readers of several tiers see all parts or none. */
    private void writeToTiers(WriteBatch batch) {
        List<WriteBatch.Operation> operations = batch.operations();
        String only = onlyTierOf(operations);
        if (only != null) { // as for most batches: it is a part itself
            writeTo(only, batch);
            return;
        }
        Map<String, WriteBatch> parts = partsOf(operations);
        long stamp = seen.writeLock();
        try {
            parts.forEach(this::writeTo);
        } finally {
            seen.unlockWrite(stamp);
        }
    }

    /**
     * Gives a batch to the tiers past the log. Its operations get no sequence: {@link #lastSequence} stays as it is. No log has them, so a power cut loses what no later
     * {@link #checkpoint} has made durable. For a store that is being filled, and that nobody reads or writes meanwhile.
     */
    public void load(WriteBatch batch) {
        applying.lock();
        try {
            checkOpen();
            writeToTiers(batch);
        } finally {
            applying.unlock();
        }
    }

    /** The tier that a key is written to. It is noted if it is in the watched range. */
    private String tierOf(Slice key) {
        if (watched != null && watched.contains(key)) {
            touched.add(key);
        }
        return placement().tierOf(key);
    }

    /** The tier that all of these operations are written to; null if they are several. */
    private @Nullable String onlyTierOf(List<WriteBatch.Operation> operations) {
        String only = null;
        for (WriteBatch.Operation operation : operations) {
            String tier = tierOf(operation.key());
            if (only != null && !tier.equals(only)) {
                return null;
            }
            only = tier;
        }
        return only;
    }

    /** What each tier gets. */
    private Map<String, WriteBatch> partsOf(List<WriteBatch.Operation> operations) {
        Map<String, WriteBatch> parts = new LinkedHashMap<>();
        for (WriteBatch.Operation operation : operations) {
            Slice key = operation.key();
            WriteBatch part = parts.computeIfAbsent(tierOf(key), tier -> new WriteBatch());
            if (operation instanceof WriteBatch.Put put) {
                part.put(key, put.value());
            } else {
                part.delete(key);
            }
        }
        return parts;
    }

    private void writeTo(String tier, WriteBatch part) {
        tier(tier).write(part, Durability.BUFFERED); // its sequences are its own
    }

    /** {@inheritDoc} A batch that one tier could not take is refused, since any key may move there. */
    @Override
    public void check(WriteBatch batch) {
        tiers.forEach(tier -> tier.check(batch));
    }

    @Override
    public void useLog(Runnable syncLog) {
        tiers.forEach(tier -> tier.useLog(syncLog));
    }

    @Override
    public long lastSequence() {
        return sequence;
    }

    @Override
    public long durableSequence() {
        return manifest.sequence();
    }

    /** {@inheritDoc} A checkpoint of each tier, and then the sequence in the manifest. */
    @Override
    public void checkpoint() {
        checkOpen();
        long upTo = sequence; // before the tiers: what is applied from now on may not be in their checkpoints
        tiers.forEach(StorageEngine::checkpoint);
        describe(now -> now.withSequence(Math.max(upTo, now.sequence())));
    }

    private void describe(UnaryOperator<TierManifest> change) {
        synchronized (describing) {
            TierManifest next = change.apply(manifest);
            if (!next.equals(manifest)) {
                next.replace(directory, stats);
                manifest = next;
            }
        }
    }

    /**
     * {@inheritDoc} A cursor over keys of one tier is one of the tier; otherwise it shows a snapshot.
     */
    @Override
    public Cursor cursor(KeyRange range) {
        checkOpen();
        long stamp = seen.tryOptimisticRead();
        List<Placed> parts = placement().parts(range);
        if (stamp != 0 && parts.size() == 1) {
            Cursor cursor = tier(parts.get(0).tier()).cursor(range);
            if (seen.validate(stamp)) {
                return new StoreCursor(cursor, this::checkOpen, () -> {});
            }
            cursor.close();
        }
        try (EngineSnapshot now = snapshot()) {
            return now.cursor(range);
        }
    }

    @Override
    public EngineSnapshot snapshot() {
        applying.lock(); // the sequence and all tiers of one moment
        try {
            checkOpen();
            return new TieredSnapshot(sequence, placement(), tiers.snapshots(), this::checkOpen);
        } finally {
            applying.unlock();
        }
    }

    /** What all tiers count, and gets and writes of this engine in their place. */
    @Override
    public StoreStats stats() {
        StoreStats ofTiers = tiers.stats();
        Map<Metric, Long> sums = new HashMap<>(ofTiers.metrics());
        stats.snapshot().metrics().forEach((metric, value) -> {
            boolean isOfCaller = metric.equals(Metric.WRITES) || metric.equals(Metric.BYTES_IN);
            sums.merge(metric, value, isOfCaller ? (inTiers, here) -> here : Long::sum);
        });
        return new StoreStats(sums, ofTiers.getLatency(), ofTiers.writeLatency());
    }

    /**
     * Notes that {@code move} has begun, or goes on; it is on the disk when this returns. Where keys are read and written stays as it is. To begin the move
     * again that is noted already changes nothing.
     *
     * @throws IllegalStateException if another move is under way
     * @throws IllegalArgumentException if there is no such tier
     */
    void begin(Move move) {
        StorageEngine unused = tier(move.to());
        describe(now -> {
            if (now.move().isPresent() && !now.move().get().equals(move)) {
                throw new IllegalStateException("a move of " + now.move().get().range() + " to "
                        + now.move().get().to() + " is under way; it has to end first");
            }
            return now.withMove(Optional.of(move));
        });
    }

    /**
     * Notes that the move has ended; it is on the disk when this returns. Before, its keys have to be deleted from all tiers but the target, and these
     * deletions have to be on the disk: nobody looks for such keys any more.
     */
    void end() {
        describe(now -> now.withMove(Optional.empty()));
    }

    /**
     * From here on, keys of {@code range} that are put or deleted are noted, for {@link #place} and {@link #takeTouched}. They are written to the tier of the
     * placement, as before. One range is watched at a time: what was watched and noted before is forgotten. {@link #place} and {@link #unwatch}
     * end it.
     *
     * <p>Every operation is either in the tiers when this returns, or noted. So what is read from the source after this, and the noted keys, are
     * all there is.
     */
    void watch(KeyRange range) {
        applying.lock();
        try {
            watched = range;
            touched = new HashSet<>();
        } finally {
            applying.unlock();
        }
    }

    /** Watches nothing any more, and forgets what was noted. */
    void unwatch() {
        applying.lock();
        try {
            watched = null;
            touched = new HashSet<>();
        } finally {
            applying.unlock();
        }
    }

    /**
     * The keys of the watched range that were put or deleted since it has been watched, or since the last call. What happened to them can be read from their
     * tier: a key that it does not have was deleted.
     *
     * <p>Example: [a, c) is watched; b is put, a is deleted, x is put. The first call returns a and b, the next one nothing.
     */
    Set<Slice> takeTouched() {
        applying.lock();
        try {
            Set<Slice> taken = touched;
            touched = new HashSet<>();
            return taken;
        } finally {
            applying.unlock();
        }
    }

    /**
     * Places the watched range on {@code tier}, if none of its keys was written since the last {@link #takeTouched}; otherwise does nothing. The
     * tier has the entries of the range on the disk. The placement is on the disk before anybody sees it, so a crash leaves the keys
     * where they were, or on the tier. Entries are neither copied nor deleted.
     *
     * @return whether the range is placed there now; if it is, it is no longer watched
     * @throws IllegalStateException if no range is watched
     */
    boolean place(String tier) {
        applying.lock();
        try {
            checkOpen();
            KeyRange range = watched;
            if (range == null) {
                throw new IllegalStateException("no range is watched");
            }
            if (!touched.isEmpty()) {
                return false;
            }
            long stamp = seen.writeLock();
            try {
                describe(now -> now.withPlacement(now.placement().with(range, tier)));
            } finally {
                seen.unlockWrite(stamp);
            }
            watched = null;
            return true;
        } finally {
            applying.unlock();
        }
    }

    /**
     * Runs {@code action} while nothing is applied, for a range whose keys are written too often for {@link #place} to find a moment. Writers wait for it, readers
     * do not. The action may call every method of this engine. What it throws propagates, and the writers go on.
     */
    void withoutWrites(Runnable action) {
        applying.lock();
        try {
            action.run();
        } finally {
            applying.unlock();
        }
    }

    /**
     * Proves that each key is on the tier that the placement says, and, if no move is under way, on no other one. Writers wait.
     *
     * <p>Cost: reads every key of every tier.
     *
     * @throws AssertionError that says what is wrong
     */
    public void verify() {
        applying.lock();
        try {
            checkOpen();
            if (move().isEmpty()) {
                tiers.verify(placement());
            }
        } finally {
            applying.unlock();
        }
    }

    /** Makes a last checkpoint, and closes the tiers. What one throws does not keep the others open, and propagates. Closing twice does nothing. */
    @Override
    public void close() {
        applying.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            tiers.closeAfter(() -> {
                tiers.forEach(StorageEngine::checkpoint);
                describe(now -> now.withSequence(sequence));
            });
        } finally {
            applying.unlock();
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new StoreClosedException(directory.toString());
        }
    }
}
