package storagelab.hybrid;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import com.google.common.util.concurrent.Uninterruptibles;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
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
import storagelab.api.StoreStats;
import storagelab.api.Transaction;
import storagelab.api.WriteBatch;
import storagelab.file.StatsRecorder;
import storagelab.kv.CrashSafeStore;
import storagelab.kv.UpdatableStore;
import storagelab.recovery.ChangeFeed;
import storagelab.recovery.FeedOptions;
import storagelab.tier.Move;
import storagelab.tier.MoveReport;
import storagelab.tier.Placement;
import storagelab.tier.TierMigrator;
import storagelab.tier.TieredEngine;
import storagelab.workload.AccessTracker;
import storagelab.workload.RangeStatistics;

/**
 * A crash-safe, ordered key-value store with transactions that keeps each range of its keys on the engine that is cheaper for it, a B+tree or an LSM tree.
 *
 * <pre>{@code
 * try (HybridStore shop = HybridStore.open(path, HybridOptions.defaults())) {
 *     shop.put(Slice.utf8("price/tea"), Slice.utf8("4.50"));
 *     shop.placement(); // which engine has which keys
 * }
 * }</pre>
 *
 * <p>Its parts, from the caller down: an {@link AccessTracker} counts what each range is asked for; lab 6's {@link CrashSafeStore} has the log, the versions
 * and the transactions; a {@link storagelab.writeback.WriteBackCache} keeps what was changed last; a {@link TieredEngine} has the two engines and the
 * placement. Beside them, in a thread of its own, rounds are made: an {@link EngineRouter} decides, and a {@link TierMigrator} moves.
 *
 * <p>One log stands in front of both engines, so a transaction over keys of both is one record in it, and is atomic as any other.
 *
 * <p>What is promised is what a {@link CrashSafeStore} promises, wherever the keys are, and while they move. When the store is opened again, the load that was
 * counted before is forgotten; the placement is not, and a move that was under way goes on.
 *
 * <p>Errors: as {@link CrashSafeStore} says. A round that fails is made again; {@link HybridMetrics#ROUND_FAILURES} counts them, and {@link #roundFailure} has the
 * last one.
 *
 * <p>Concurrency: safe for many threads. Readers wait for no writer, and neither for a move.
 */
public final class HybridStore implements UpdatableStore {
    private final CrashSafeStore store;
    private final TieredEngine engine;
    private final AccessTracker tracker;
    private final LoadWatch watch;
    private final EngineRouter router;
    private final TierMigrator migrator;
    private final StatsRecorder stats = new StatsRecorder();
    private final Deque<Decision> waiting =
            new ArrayDeque<>(); // moves that were decided and have not ended; guarded by rounds
    private final Object rounds = new Object(); // held for a round
    private final @Nullable ScheduledExecutorService roundsInBackground;
    private volatile RoundListener listener = RoundListener.NONE;
    private volatile @Nullable Throwable roundFailure;

    private HybridStore(CrashSafeStore store, HybridOptions options) {
        this.store = store;
        this.engine = HybridEngine.tiersOf(store.engine());
        this.tracker = new AccessTracker(options.tracker());
        KeySample sample = new KeySample();
        this.watch = new LoadWatch(tracker, sample);
        this.migrator = new TierMigrator(engine, options.migrator());
        RangeSizes.settled(engine).parts().stream()
                .map(part -> part.range().from())
                .filter(from -> !from.isEmpty())
                .forEach(tracker::split);
        this.router = new EngineRouter(tracker, new RangeSizes(engine, sample), options.costs(), options.router());
        this.roundsInBackground = options.roundEvery().isZero() ? null : startRounds(options);
    }

    private ScheduledExecutorService startRounds(HybridOptions options) {
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(new ThreadFactoryBuilder()
                .setNameFormat("hybrid-rounds")
                .setDaemon(true)
                .build());
        long nanos = options.roundEvery().toNanos();
        var unused = executor.scheduleWithFixedDelay(this::tryRound, nanos, nanos, TimeUnit.NANOSECONDS);
        return executor;
    }

    /** Opens the store in {@code directory} for a caller that does not show how far recovery is. */
    public static HybridStore open(Path directory, HybridOptions options) {
        return open(directory, options, operations -> {});
    }

    /**
     * Opens the store in {@code directory}, which is created if it is not there, and recovers it.
     *
     * @param progress is told now and then how many operations recovery has applied again
     * @throws storagelab.api.StorageIoException if the store is open already, here or in another process, or the file system refuses
     * @throws IllegalArgumentException if the store there has another engine
     * @throws storagelab.api.CorruptionException if a file is damaged or missing
     */
    public static HybridStore open(Path directory, HybridOptions options, LongConsumer progress) {
        return new HybridStore(CrashSafeStore.open(directory, options.store(), progress), options);
    }

    @Override
    public Optional<Slice> get(Slice key) {
        return watch.got(key, store.get(key));
    }

    @Override
    public void write(WriteBatch batch, Durability durability) {
        store.write(batch, durability);
        watch.wrote(batch);
    }

    @Override
    public Cursor cursor(KeyRange range) {
        return watch.watched(store.cursor(range));
    }

    @Override
    public EngineSnapshot snapshot() {
        return watch.watched(store.snapshot());
    }

    @Override
    public Transaction begin(Isolation isolation) {
        return watch.watched(store.begin(isolation));
    }

    @Override
    public Optional<Slice> update(Slice key, UnaryOperator<Optional<Slice>> change, Durability durability) {
        Optional<Slice> value = store.update(key, change, durability);
        WriteBatch written = new WriteBatch();
        value.ifPresentOrElse(put -> written.put(key, put), () -> written.delete(key));
        watch.wrote(written);
        return value;
    }

    @Override
    public long deleteRange(KeyRange range, Durability durability) {
        return store.deleteRange(range, durability);
    }

    /**
     * Fills an empty store with entries in the order of their keys, past the log and the cache, into the tier that has the keys of a new store. They are on the disk
     * when this returns. A crash before leaves a first part of them. Nobody else may use the store meanwhile.
     *
     * @param sorted is moved to its first entry and from there to its end; it stays open
     * @return the number of entries
     * @throws IllegalStateException if the store has entries
     * @throws IllegalArgumentException if the keys do not ascend; entries before stay in the store
     */
    public long bulkLoad(Cursor sorted) {
        try (Cursor first = store.cursor(KeyRange.all())) {
            first.seekToFirst();
            if (first.isValid()) {
                throw new IllegalStateException("a bulk load into a store that has entries");
            }
        }
        long entries = BulkLoad.into(engine, sorted);
        store.checkpoint();
        return entries;
    }

    /**
     * Which engine has which keys in the store in {@code directory}, as its files say. Nothing is opened or written.
     *
     * @throws storagelab.api.StorageIoException if there is no such store, or the file system refuses
     * @throws storagelab.api.CorruptionException if the file that says so is damaged
     */
    public static Placement placementOf(Path directory) {
        return TieredEngine.placementIn(HybridEngine.tiersIn(directory));
    }

    /** Which engine has which keys. */
    public Placement placement() {
        return engine.placement();
    }

    /** What each range was asked for lately, in the order of the keys. */
    public List<RangeStatistics> load() {
        return tracker.ranges();
    }

    /** What the router found in its last round, about each range that there was then. */
    public List<Decision> decisions() {
        return router.lastRound();
    }

    /** What the last round threw; nothing if it has ended. */
    public Optional<Throwable> roundFailure() {
        return Optional.ofNullable(roundFailure);
    }

    /** From now on {@code other} is told what rounds see and do, instead of the listener that was told before. */
    public void listen(RoundListener other) {
        listener = other;
    }

    /**
     * A round: ends the moves that an earlier one has left, decides which ranges move, and moves them, one after the other. The background makes rounds as often as
     * the options say.
     *
     * <p>What a tier throws propagates. The move under way is resumed by the next round; until then no other one begins.
     */
    public void runRound() {
        synchronized (rounds) {
            stats.increment(HybridMetrics.ROUNDS);
            finishWaiting();
            decide();
            finishWaiting();
        }
    }

    private void decide() {
        List<RangeStatistics> load = tracker.ranges();
        double seconds = tracker.countedSeconds();
        waiting.addAll(router.decide());
        if (seconds > 0) {
            listener.decided(router.lastRound(), load, seconds);
        }
    }

    /** Ends what is noted on the disk, and then what was decided and has not begun. */
    private void finishWaiting() {
        engine.move().ifPresent(listener::began);
        Optional<MoveReport> resumed = migrator.resume();
        resumed.ifPresent(this::ended);
        while (!waiting.isEmpty() && resumed.map(MoveReport::ended).orElse(true)) {
            Decision decision = waiting.getFirst();
            Move move = new Move(decision.range(), decision.to().id());
            listener.began(move);
            resumed = Optional.of(migrator.move(move.range(), move.to()));
            ended(resumed.get());
        }
    }

    private void ended(MoveReport report) {
        stats.add(HybridMetrics.MOVED_ENTRIES, report.entries());
        stats.add(HybridMetrics.MOVED_BYTES, report.bytes());
        if (report.ended()) {
            stats.increment(HybridMetrics.MOVES);
            Decision first = waiting.peekFirst();
            if (first != null && first.range().equals(report.move().range())) {
                waiting.removeFirst();
                router.ended(first.range());
            }
        }
        listener.ran(report);
    }

    private void tryRound() {
        try {
            runRound();
            roundFailure = null;
        } catch (RuntimeException | Error e) {
            roundFailure = e; // the store goes on without it, and the next round tries again
            stats.increment(HybridMetrics.ROUND_FAILURES);
        }
    }

    /** Makes everything durable in the engines that was written before the call, and cuts the log. */
    public void checkpoint() {
        store.checkpoint();
    }

    /** Writes the state of one moment as a store in {@code target}, while writers go on; see {@link CrashSafeStore#backup}. */
    public long backup(Path target) {
        return store.backup(target);
    }

    /** The changes after a sequence, in the order of their commits; see {@link ChangeFeed}. */
    public ChangeFeed changes(long afterSequence, FeedOptions how) {
        return store.changes(afterSequence, how);
    }

    /** The store below, to be looked at. What is asked of it past this store is not counted. */
    public CrashSafeStore store() {
        return store;
    }

    /** The tiers, to be looked at. */
    public TieredEngine engine() {
        return engine;
    }

    /** What all parts count. */
    @Override
    public StoreStats stats() {
        StoreStats below = store.stats();
        Map<Metric, Long> metrics = new HashMap<>(below.metrics());
        metrics.putAll(stats.snapshot().metrics());
        metrics.put(HybridMetrics.RANGES, (long) tracker.ranges().size());
        return new StoreStats(metrics, below.getLatency(), below.writeLatency());
    }

    /** {@inheritDoc} A move that is under way ends its step; it goes on when the store is opened again. */
    @Override
    public void close() {
        migrator.stop();
        if (roundsInBackground != null) {
            roundsInBackground.shutdown();
            boolean unused = Uninterruptibles.awaitTerminationUninterruptibly(
                    roundsInBackground, Long.MAX_VALUE, TimeUnit.NANOSECONDS);
        }
        store.close();
    }
}
