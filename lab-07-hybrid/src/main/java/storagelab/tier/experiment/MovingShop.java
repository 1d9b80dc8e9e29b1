package storagelab.tier.experiment;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import storagelab.api.Durability;
import storagelab.api.KeyRange;
import storagelab.api.MaintenanceKind;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.btree.BTreeOptions;
import storagelab.disk.CrashDisk;
import storagelab.disk.SurvivalMode;
import storagelab.lsm.LsmOptions;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineKind;
import storagelab.tier.MigratorOptions;
import storagelab.tier.MoveReport;
import storagelab.tier.TierMigrator;
import storagelab.tier.TieredEngine;

/**
 * Prices and as many orders on a simulated disk. All of them are on an LSM tree at first. The prices move to a B+tree.
 *
 * <p>The store makes a checkpoint of both tiers for each 256 KiB that are written, as one with a log does. Each price has 16 bytes of key and 100 of value.
 *
 * <p>Before each write and each checkpoint of the migrator, a guest is called: it may send requests, or look at what a crash would leave.
 *
 * <p>Concurrency: one thread.
 */
final class MovingShop implements MeteredTier.Listener, AutoCloseable {
    /** What moves. */
    static final KeyRange PRICES = KeyRange.prefix(Slice.utf8("price/"));

    private static final String TARGET = EngineKind.BTREE.id();
    private static final int VALUE_BYTES = 100;
    private static final int POOL_BYTES = 1 << 20;
    private static final int TABLE_BYTES = 256 << 10;
    private static final int CHECKPOINT_BYTES = 256 << 10;

    /** It is never full, so that only checkpoints make tables: when it is full depends on the heights of a skip list, which no seed decides. */
    private static final int MEMTABLE_BYTES = 64 << 20;

    /** After so many checkpoints of the target in a step, the migrator holds up the writers until the chunk is placed. */
    private static final int CHECKPOINTS_BESIDE_WRITERS = 3;

    /** Is called while keys move. */
    interface Guest {
        /**
         * The migrator is about to have a tier write something.
         *
         * @param bytes that this takes: of the batch, or what was written since the last checkpoint
         */
        void enter(long bytes);
    }

    private final CrashDisk disk;
    private final Slice[] keys; // of the prices, and of as many orders
    private final int[] versions;
    private final TierSizes sizes = new TierSizes();
    private final TieredEngine engine;
    private Guest guest = bytes -> {};
    private boolean isGuestHere;
    private int checkpoints; // of the target in this step
    private long sinceCheckpoint; // of the target
    private long sinceCheckpointOfAll;
    private long copied;
    private long onBothMax;

    private MovingShop(CrashDisk disk, Slice[] keys, int[] versions) {
        this.disk = disk;
        this.keys = keys;
        this.versions = versions;
        this.engine = TieredEngine.open(
                disk.root(),
                List.of(new MeteredTier(EngineKind.LSM, this), new MeteredTier(EngineKind.BTREE, this)),
                DurableOptions.defaults(EngineKind.BTREE)
                        .withBtree(BTreeOptions.defaults().withPoolBytes(POOL_BYTES))
                        .withLsm(LsmOptions.defaults()
                                .withMemtableBytes(MEMTABLE_BYTES)
                                .withTableBytes(TABLE_BYTES)
                                .withMaintenance(MaintenanceKind.FOREGROUND)));
    }

    /** A shop with so many bytes of prices, about, and as many of orders. All of it is on the disk. */
    static MovingShop with(long bytes) {
        int count = Math.toIntExact(bytes / (key("price", 0).length() + VALUE_BYTES));
        Slice[] keys = new Slice[2 * count];
        for (int i = 0; i < count; i++) {
            keys[i] = key("price", i);
            keys[count + i] = key("order", i);
        }
        CrashDisk disk = CrashDisk.create();
        int[] versions = new int[keys.length];
        try (MovingShop shop = new MovingShop(disk, keys, versions)) {
            for (int i = 0; i < keys.length; i++) {
                shop.put(i);
                shop.checkpointIfDue(keys[i].length() + VALUE_BYTES);
            }
        }
        MovingShop shop = new MovingShop(disk.afterCrash(SurvivalMode.EVERYTHING, 0), keys, versions);
        shop.engine.tiers().forEach(tier -> shop.sizes.add(tier, shop.engine.tier(tier)));
        return shop;
    }

    /** This shop as it comes up after a crash now. */
    MovingShop afterCrash(SurvivalMode mode, long seed) {
        return new MovingShop(disk.afterCrash(mode, seed), keys, versions.clone());
    }

    /** Moves the prices, in steps of at most so many bytes. */
    MoveReport move(long stepBytes, Guest other) {
        guest = other;
        return migrator(stepBytes).move(PRICES, TARGET);
    }

    /** Ends a move that a crash has ended. */
    Optional<MoveReport> resume(long stepBytes) {
        return migrator(stepBytes).resume();
    }

    private TierMigrator migrator(long stepBytes) {
        return new TierMigrator(
                engine, MigratorOptions.defaults().withStepBytes(stepBytes).withBytesPerSecond(Long.MAX_VALUE));
    }

    @Override
    public void before(String tier, WriteBatch batch) {
        if (isGuestHere) {
            return; // the guest writes, and not the migrator
        }
        boolean isCheckpoint = batch.operations().isEmpty();
        long bytes = isCheckpoint ? sinceCheckpoint : TierSizes.of(batch);
        if (!tier.equals(TARGET)) {
            checkpoints = 0; // the chunk is placed
        }
        isGuestHere = true;
        guest.enter(bytes);
        checkpointIfDue(isCheckpoint ? 0 : bytes);
        isGuestHere = false;
        if (tier.equals(TARGET)) {
            checkpoints += isCheckpoint ? 1 : 0;
            sinceCheckpoint = isCheckpoint ? 0 : sinceCheckpoint + bytes;
            copied += isCheckpoint ? 0 : bytes;
        }
    }

    private void checkpointIfDue(long bytes) {
        sinceCheckpointOfAll += bytes;
        if (sinceCheckpointOfAll >= CHECKPOINT_BYTES) {
            engine.checkpoint();
            sinceCheckpointOfAll = 0;
        }
    }

    /** Whether the migrator holds up the writers now. */
    boolean mustWritersWait() {
        return checkpoints >= CHECKPOINTS_BESIDE_WRITERS;
    }

    @Override
    public void wrote(String tier, WriteBatch batch) {
        sizes.wrote(tier, batch);
        if (!isGuestHere) {
            onBothMax = Math.max(onBothMax, sizes.bytes() - storeBytes());
        }
    }

    private long storeBytes() {
        return (long) keys.length * (keys[0].length() + VALUE_BYTES);
    }

    /** Keys and values of the prices. */
    long rangeBytes() {
        return storeBytes() / 2;
    }

    /** Bytes that the migrator has put on the target. */
    long copied() {
        return copied;
    }

    /** The most bytes of keys and values that were on both tiers at one moment. */
    long onBothMax() {
        return onBothMax;
    }

    /** Bytes that were written to the disk. */
    long bytesWritten() {
        return disk.counters().bytesWritten();
    }

    /** Where the files are. */
    Path directory() {
        return disk.root();
    }

    /** Gets a random price, or an order; returns whether it has its newest value. */
    boolean get(boolean isPrice, SplittableRandom random) {
        return isNewest(pick(isPrice, random));
    }

    /** Changes a random price, or an order. */
    void change(boolean isPrice, SplittableRandom random) {
        int number = pick(isPrice, random);
        versions[number]++;
        put(number);
    }

    private int pick(boolean isPrice, SplittableRandom random) {
        int count = keys.length / 2;
        return (isPrice ? 0 : count) + random.nextInt(count);
    }

    /** How many keys do not have their newest value. */
    int wrongKeys() {
        int wrong = 0;
        for (int number = 0; number < keys.length; number++) {
            wrong += isNewest(number) ? 0 : 1;
        }
        return wrong;
    }

    /** Bytes of keys and values that are on a tier where nobody looks for them, if no key is wrong. */
    long misplacedBytes() {
        TierSizes now = new TierSizes();
        engine.tiers().forEach(tier -> now.add(tier, engine.tier(tier)));
        return now.bytes() - storeBytes();
    }

    /** Proves that each key is on one tier, if no move is under way. */
    void verify() {
        engine.verify();
    }

    private boolean isNewest(int number) {
        return engine.get(keys[number])
                .filter(value -> value.equals(value(number, versions[number])))
                .isPresent();
    }

    private void put(int number) {
        engine.write(new WriteBatch().put(keys[number], value(number, versions[number])), Durability.BUFFERED);
    }

    private static Slice key(String kind, int number) {
        return Slice.utf8("%s/%010d".formatted(kind, number));
    }

    /** Bytes that no compression makes fewer, others for each version. */
    private static Slice value(int number, int version) {
        byte[] bytes = new byte[VALUE_BYTES];
        new SplittableRandom(((long) version << 32) + number).nextBytes(bytes);
        return Slice.wrap(bytes);
    }

    @Override
    public void close() {
        isGuestHere = true; // nobody is called any more
        engine.close();
    }
}
