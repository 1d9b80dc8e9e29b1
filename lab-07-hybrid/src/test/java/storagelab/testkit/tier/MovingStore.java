package storagelab.testkit.tier;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.Snapshot;
import storagelab.api.SnapshotStore;
import storagelab.api.StoreStats;
import storagelab.api.WriteBatch;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.DurableStore;
import storagelab.recovery.EngineKind;
import storagelab.recovery.EngineType;
import storagelab.testkit.writeback.SmallCaches;
import storagelab.tier.MigratorOptions;
import storagelab.tier.TierMigrator;
import storagelab.tier.TieredEngine;
import storagelab.tier.TieredType;
import storagelab.writeback.CachedEngine;
import storagelab.writeback.WriteBackCache;

/**
 * A store behind lab 6's log with a B+tree and an LSM tree as its tiers. After every few writes, in the thread of the writer, it moves a range of keys to a
 * tier; both are chosen by a seed. It resumes the move that it finds when it is opened.
 */
public final class MovingStore implements SnapshotStore {
    /** Few enough bytes for a move of a handful of entries to take several steps. */
    public static final MigratorOptions SMALL_STEPS =
            MigratorOptions.defaults().withStepBytes(1_000).withBytesPerSecond(Long.MAX_VALUE);

    private static final List<EngineType> TIERS = List.of(EngineKind.LSM, EngineKind.BTREE);
    private static final int WRITES_BETWEEN_MOVES = 6;

    private final DurableStore store;
    private final TieredEngine engine;
    private final List<EngineType> tiers;
    private final TierMigrator migrator;
    private final Random random;
    private int writes;

    private MovingStore(DurableStore store, List<EngineType> tiers, Random random) {
        this.store = store;
        this.tiers = tiers;
        this.engine = engineOf(store);
        this.migrator = new TierMigrator(engine, SMALL_STEPS);
        this.random = random;
        migrator.resume();
    }

    /** Opens the store in {@code directory}. */
    public static MovingStore open(Path directory, long seed) {
        return open(directory, TIERS, seed);
    }

    /** Opens a store in {@code directory} that has other tiers, the first one with the keys of a new store. */
    public static MovingStore open(Path directory, List<EngineType> tiers, long seed) {
        return new MovingStore(DurableStore.open(directory, options(tiers)), tiers, new Random(seed));
    }

    /** Options of such a store: small files, a small cache, the LSM tree as its first tier. */
    public static DurableOptions options() {
        return options(TIERS);
    }

    /** Options of such a store with these tiers. */
    public static DurableOptions options(List<EngineType> tiers) {
        DurableOptions small = SmallCaches.options(EngineKind.BTREE);
        return DurableOptions.defaults(new CachedEngine(new TieredType(tiers), SmallCaches.OPTIONS))
                .withLog(small.log())
                .withCheckpointLogBytes(small.checkpointLogBytes())
                .withBtree(small.btree())
                .withLsm(small.lsm());
    }

    /** The tiers of a store that was opened with these options. */
    public static TieredEngine engineOf(DurableStore store) {
        return (TieredEngine) ((WriteBackCache) store.engine()).engine();
    }

    /** Makes a checkpoint. */
    public void checkpoint() {
        store.checkpoint();
    }

    /** Proves what can be proved of cache and tiers. */
    public void verify() {
        ((WriteBackCache) store.engine()).verify();
        engine.verify();
    }

    /** Moves a range to a tier, after the move before it if that has failed. */
    public synchronized void moveSome() {
        migrator.resume();
        List<@Nullable Slice> ends = Arrays.asList(
                Slice.EMPTY, key("key1"), key("key10"), key("key3"), key("key5"), key("key8"), key("serial"), null);
        int from = random.nextInt(ends.size() - 1);
        int to = from + 1 + random.nextInt(ends.size() - 1 - from);
        Slice first = ends.get(from);
        if (first != null) {
            migrator.move(
                    new KeyRange(first, ends.get(to)),
                    tiers.get(random.nextInt(tiers.size())).id());
        }
    }

    private static Slice key(String text) {
        return Slice.utf8(text);
    }

    @Override
    public Optional<Slice> get(Slice key) {
        return store.get(key);
    }

    @Override
    public void write(WriteBatch batch, Durability durability) {
        store.write(batch, durability);
        if (isTimeToMove()) {
            moveSome();
        }
    }

    private synchronized boolean isTimeToMove() {
        return ++writes % WRITES_BETWEEN_MOVES == 0;
    }

    @Override
    public Cursor cursor(KeyRange range) {
        return store.cursor(range);
    }

    @Override
    public Snapshot snapshot() {
        return store.snapshot();
    }

    @Override
    public StoreStats stats() {
        return store.stats();
    }

    @Override
    public void close() {
        store.close();
    }
}
