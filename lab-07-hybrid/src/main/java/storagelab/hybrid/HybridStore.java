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
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.course.ExercisePart;
import storagelab.course.Solution;
import storagelab.file.StatsRecorder;
import storagelab.kv.CrashSafeStore;
import storagelab.kv.UpdatableStore;
import storagelab.recovery.ChangeFeed;
import storagelab.recovery.FeedOptions;
import storagelab.tier.Move;
import storagelab.tier.MoveReport;
import storagelab.tier.Placement;
import storagelab.tier.Placement.Placed;
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
 * <p>Its parts, from the caller down: a {@link LoadWatch} tells an {@link AccessTracker} what each range is asked for; lab 6's {@link CrashSafeStore} has the
 * log, the versions and the transactions; a {@link TieredEngine} has the two engines and the placement; a {@link storagelab.writeback.WriteBackCache} in front of the
 * B+tree keeps what was changed last. Beside them, in a thread of its own, rounds are made ({@link #runRound}): an {@link EngineRouter} decides, and a {@link TierMigrator} moves.
 *
 * <p>One log stands in front of both engines, so a transaction over keys of both is one record in it, and is atomic as any other.
 *
 * <p>What is promised is what a {@link CrashSafeStore} promises, wherever the keys are, and while they move. When the store is opened again, the load that was
 * counted before is forgotten; the placement is not, and a move that was under way goes on.
 *
 * <p>What is counted: gets, puts and deletes, and scans; those of snapshots and transactions, too. A request that throws is not counted. The deletions of
 * {@link #deleteRange} and what {@link #bulkLoad} writes are not.
 *
 * <p>Errors: as {@link CrashSafeStore} says.
 *
 * <p>Concurrency: safe for many threads. Readers wait for no writer, and neither for a move.
 */
public final class HybridStore implements UpdatableStore {
    private final CrashSafeStore store;
    private final TieredEngine engine;
    private final AccessTracker tracker;
    private final LoadWatch watch;
    private final EngineRouter router;
    private final ShapeWatch shape;
    private final TierMigrator migrator;
    private final StatsRecorder stats = new StatsRecorder();
    private final Deque<Decision> waiting =
            new ArrayDeque<>(); // moves that were decided and have not ended; guarded by rounds
    private final Object rounds = new Object(); // held for a round
    private final @Nullable ScheduledExecutorService roundsInBackground;
    private volatile RoundListener listener = RoundListener.NONE;
    private volatile @Nullable Throwable roundFailure;

    /** A store over parts that are there. The router takes the ranges that the tracker has now. From now on rounds are made in the background. */
    private HybridStore(CrashSafeStore store, AccessTracker tracker, HybridOptions options) {
        this.store = store;
        this.engine = HybridEngine.tiersOf(store.engine());
        this.tracker = tracker;
        KeySample sample = new KeySample(options.tracker().seed());
        this.watch = new LoadWatch(tracker, sample);
        this.migrator = new TierMigrator(engine, options.migrator());
        RangeSizes sizes = new RangeSizes(engine, sample);
        this.router = new EngineRouter(tracker, sizes, options.costs(), options.router());
        this.shape = new ShapeWatch(
                tracker,
                engine,
                sizes,
                options.store().lsm().memtableBytes(),
                options.tracker().clock());
        this.roundsInBackground = options.roundEvery().isZero() ? null : startRounds(options);
    }

    private ScheduledExecutorService startRounds(HybridOptions options) {
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(new ThreadFactoryBuilder()
                .setNameFormat("hybrid-rounds")
                .setDaemon(true)
                .build());
        long nanos = options.roundEvery().toNanos();
        var unused = executor.scheduleWithFixedDelay(this::roundInBackground, nanos, nanos, TimeUnit.NANOSECONDS);
        return executor;
    }

    /** Opens the store in {@code directory} for a caller that does not show how far recovery is. */
    public static HybridStore open(Path directory, HybridOptions options) {
        return open(directory, options, operations -> {});
    }

    /**
     * Opens the store in {@code directory}, which is created if it is not there, and recovers it. This puts the parts together:
     *
     * <ol>
     *   <li>{@link CrashSafeStore#open(Path, storagelab.recovery.DurableOptions, LongConsumer)} opens the log and the engine of {@link HybridOptions#store()}, and
     *       recovers. {@link HybridEngine#tiersOf} finds the tiers in the engine that it has opened.
     *   <li>A new {@link AccessTracker} has one range. It is split wherever a part of the placement begins, so that no range is on two engines. The placement is
     *       the one of {@link RangeSizes#settled}: a move that a crash has interrupted will go on, so its keys count as moved.
     *   <li>The constructor takes the store and the tracker. The tracker is split before: the router takes the ranges that there are.
     * </ol>
     *
     * <p>Example: [a, m) is on the B+tree, all other keys are on the LSM tree, and a move of [m, p) to the B+tree was under way when the power was cut. The settled
     * placement is LSM up to a, B+tree up to p, LSM from p on: {@link #load} has the ranges up to a, [a, p), and from p on.
     *
     * @param progress is told now and then how many operations recovery has applied again
     * @throws storagelab.api.StorageIoException if the store is open already, here or in another process, or the file system refuses
     * @throws IllegalArgumentException if the store there has another engine
     * @throws storagelab.api.CorruptionException if a file is damaged or missing
     */
    @Exercise(
            id = "7.11",
            title = "All of it as one store",
            points = 9,
            difficulty = Difficulty.HARD,
            hours = 5,
            needs = {"6.11", "7.2", "7.4", "7.5", "7.6", "7.7", "7.9"})
    public static HybridStore open(Path directory, HybridOptions options, LongConsumer progress) {
        CrashSafeStore store = CrashSafeStore.open(directory, options.store(), progress);
        AccessTracker tracker = new AccessTracker(options.tracker());
        TieredEngine tiers = HybridEngine.tiersOf(store.engine());
        for (Placed part : RangeSizes.settled(tiers).parts()) {
            if (!part.range().from().isEmpty()) {
                tracker.split(part.range().from());
            }
        }
        return new HybridStore(store, tracker, options);
    }

    /** {@inheritDoc} The load has a hit more, with the bytes of the value, or a miss ({@link LoadWatch#got}). */
    @Override
    @ExercisePart("7.11")
    public Optional<Slice> get(Slice key) {
        return watch.got(key, store.get(key));
    }

    /** {@inheritDoc} Once the store below has it, each put and each delete of the batch is counted ({@link LoadWatch#wrote}). */
    @Override
    @ExercisePart("7.11")
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

    /** {@inheritDoc} It counts as a put of the new value, or as a delete if there is none; what {@code change} was given is not counted as a get. */
    @Override
    @ExercisePart("7.11")
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
     * Fills an empty store with entries in the order of their keys, past the log, each into the tier that the placement says: {@link BulkLoad#into}
     * {@link TieredEngine#load}, and then a {@link #checkpoint}. So each entry is written once, and not first to a log. The entries are on the disk when this returns. A crash before
     * leaves a first part of them, without a gap. Nobody else may use the store meanwhile.
     *
     * @param sorted is moved to its first entry and from there to its end; it stays open
     * @return the number of entries
     * @throws IllegalStateException if the store has entries, in whichever tier; then nothing is written
     * @throws IllegalArgumentException if the keys do not ascend; entries before stay in the store
     */
    @ExercisePart("7.11")
    public long bulkLoad(Cursor sorted) {
        if (hasEntries()) {
            throw new IllegalStateException("a bulk load into a store that has entries");
        }
        long entries = BulkLoad.into(engine::load, sorted);
        store.checkpoint();
        return entries;
    }

    @Solution
    private boolean hasEntries() {
        try (Cursor first = store.cursor(KeyRange.all())) {
            first.seekToFirst();
            return first.isValid();
        }
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

    /** What the last round in the background threw; nothing if it has ended. */
    public Optional<Throwable> roundFailure() {
        return Optional.ofNullable(roundFailure);
    }

    /** From now on {@code other} is told what rounds see and do, instead of the listener that was told before. */
    public void listen(RoundListener other) {
        listener = other;
    }

    /**
     * A round. Rounds of several threads are made one after the other. It does, in this order:
     *
     * <ol>
     *   <li>It tells the LSM tree what it was asked for, so that its shape follows the load: {@link ShapeWatch#observe}.
     *   <li>It ends the move that is noted on the disk, if there is one: {@link TierMigrator#resume}. An earlier round, or an earlier process, has left it.
     *   <li>It makes the moves that earlier rounds have decided and not made, in the order of the decisions.
     *   <li>It lets the router decide. If the load stands for some time ({@link AccessTracker#countedSeconds} before this is more than 0), the listener is told what was
     *       {@linkplain RoundListener#decided decided}, with the load and the seconds from before the decision: the router may change the ranges.
     *   <li>It makes the moves that were decided now, in the order of the decisions.
     * </ol>
     *
     * <p>A move is made so: the listener is told that it {@linkplain RoundListener#began began}; the {@link TierMigrator} moves, or resumes it; what it reports is counted
     * ({@link HybridMetrics#MOVED_ENTRIES}, {@link HybridMetrics#MOVED_BYTES}, and {@link HybridMetrics#MOVES} if the move has ended). If it has ended, and the router had
     * decided it, the router is told ({@link EngineRouter#ended}), and the move waits no more. Last, the listener is told that it {@linkplain RoundListener#ran ran}. A move that has
     * not ended was stopped by {@link #close}; then this round makes no other.
     *
     * <p>What a tier, the costs or the listener throw propagates. The move under way is resumed by the next round; until then no other one begins, and the router is not asked.
     *
     * <p>Example: the router decides to move [a, c) and [m, p). [a, c) moves, 10 entries of 20 bytes each. In the move of [m, p), a tier cannot write, after 3 entries were placed.
     * The listener was told: decided – began [a, c) – ran [a, c): 10 entries – began [m, p). When the next round is made, the tier can write, and 4 entries are left. The
     * listener is told: began [m, p) – ran [m, p): 4 entries – decided. By then the store has counted 2 rounds, 2 moves, and 14 entries.
     */
    @ExercisePart("7.11")
    public void runRound() {
        synchronized (rounds) {
            shape.observe();
            stats.increment(HybridMetrics.ROUNDS);
            finishWaiting();
            decide();
            finishWaiting();
        }
    }

    @Solution
    private void decide() {
        List<RangeStatistics> load = tracker.ranges();
        double seconds = tracker.countedSeconds();
        waiting.addAll(router.decide());
        if (seconds > 0) {
            listener.decided(router.lastRound(), load, seconds);
        }
    }

    /** Ends what is noted on the disk, and then what was decided and has not begun. */
    @Solution
    private void finishWaiting() {
        engine.move().ifPresent(listener::began);
        Optional<MoveReport> resumed = migrator.resume();
        resumed.ifPresent(this::ended);
        boolean isStopped = resumed.isPresent() && !resumed.get().ended();
        while (!waiting.isEmpty() && !isStopped) {
            Decision decision = waiting.getFirst();
            Move move = new Move(decision.range(), decision.to().id());
            listener.began(move);
            MoveReport report = migrator.move(move.range(), move.to());
            ended(report);
            isStopped = !report.ended();
        }
    }

    @Solution
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

    /**
     * A round as the background makes it: what it throws is counted ({@link HybridMetrics#ROUND_FAILURES}) and kept for {@link #roundFailure} until a round ends without, and
     * is not thrown. The store goes on without the round, and the next one tries again: an executor makes no further rounds once one has thrown.
     */
    @ExercisePart("7.11")
    private void roundInBackground() {
        try {
            runRound();
            roundFailure = null;
        } catch (RuntimeException | Error e) {
            roundFailure = e;
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

    /**
     * {@inheritDoc} A move that is under way ends its step ({@link TierMigrator#stop}); it goes on when the store is opened again. The round in the background ends before the
     * store below is closed, and no further one is made. A second call does nothing.
     */
    @Override
    @ExercisePart("7.11")
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
