package storagelab.grader.bench.lab06;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import storagelab.api.Durability;
import storagelab.api.MaintenanceKind;
import storagelab.api.StorageEngine;
import storagelab.api.WriteBatch;
import storagelab.btree.BTreeOptions;
import storagelab.btree.BTreeStore;
import storagelab.disk.CrashDisk;
import storagelab.disk.DiskCounters;
import storagelab.disk.SurvivalMode;
import storagelab.experiment.Numbers;
import storagelab.grader.bench.worker.Cost;
import storagelab.grader.bench.worker.CostProbe;
import storagelab.grader.bench.worker.WrongAnswerException;
import storagelab.lsm.FileAccess;
import storagelab.lsm.LsmOptions;
import storagelab.lsm.LsmStore;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.DurableStore;
import storagelab.recovery.EngineKind;
import storagelab.wal.SegmentAccess;
import storagelab.wal.WalOptions;

/**
 * What writes of a store cost over either engine, its checkpoints next to those of the bare engine, and what opening it applies
 * again.
 */
public final class StoreCosts implements CostProbe {
    private static final int PUTS = 4_000;
    private static final int BATCH = 100;
    private static final int SINCE_CHECKPOINT = 50;
    private static final long SMALL_SEGMENT_BYTES = 64 << 10;
    private static final double RECORD_BYTES = Accounts.HEAD_BYTES + Accounts.PUT_BYTES;
    private static final LsmOptions LSM = LsmOptions.defaults()
            .withFileAccess(FileAccess.CHANNEL)
            .withMaintenance(MaintenanceKind.FOREGROUND)
            .withoutStalls();

    /**
     * What writes over one engine cost.
     *
     * @param bytes written a put
     * @param syncs of all writes
     * @param checkpoint bytes written, times those of the bare engine
     */
    private record Writes(double bytes, long syncs, double checkpoint) {}

    @Override
    public List<Cost> count(long seed) throws IOException {
        int[] numbers = Numbers.shuffled(PUTS, new Random(seed));
        Writes tree = writes(EngineKind.BTREE, numbers);
        Writes lsm = writes(EngineKind.LSM, numbers);
        List<Cost> costs = new ArrayList<>();
        costs.add(Cost.atMost(
                "bytes written a put of 16 and 100, over either engine",
                Math.max(tree.bytes, lsm.bytes),
                RECORD_BYTES * Accounts.BORDERS));
        costs.add(Cost.atMost(
                "syncs of 8,000 puts and 80 synced batches", tree.syncs + lsm.syncs, 2 * PUTS / (double) BATCH));
        costs.add(Cost.atMost(
                "bytes of a checkpoint, times the bare engine's", Math.max(tree.checkpoint, lsm.checkpoint), 1.01));
        costs.addAll(openings(numbers));
        return costs;
    }

    private static DurableOptions options(EngineKind engine, long segmentBytes) {
        return DurableOptions.defaults(engine)
                .withLog(new WalOptions(segmentBytes, SegmentAccess.CHANNEL))
                .withLsm(LSM);
    }

    private static Writes writes(EngineKind engine, int[] numbers) {
        CrashDisk disk = CrashDisk.create();
        DurableOptions options = options(engine, 16 << 20);
        try (DurableStore store = DurableStore.open(disk.root().resolve("store"), options)) {
            DiskCounters before = disk.counters();
            for (int number : numbers) {
                store.put(Accounts.key(number), Accounts.value(-number));
            }
            double bytes = (double) disk.counters().since(before).bytesWritten() / PUTS;
            for (int from = 0; from < PUTS; from += BATCH) {
                store.write(batch(numbers, from), Durability.SYNCED);
            }
            long syncs = disk.counters().since(before).syncs();
            before = disk.counters();
            store.checkpoint();
            double written = disk.counters().since(before).bytesWritten();
            check(store, numbers);
            return new Writes(bytes, syncs, written / bareCheckpoint(engine, numbers));
        }
    }

    private static WriteBatch batch(int[] numbers, int from) {
        WriteBatch batch = new WriteBatch();
        for (int i = from; i < from + BATCH; i++) {
            batch.put(Accounts.key(numbers[i]), Accounts.value(numbers[i]));
        }
        return batch;
    }

    /** How many bytes a checkpoint of the engine writes that has the same operations, without a log. */
    private static long bareCheckpoint(EngineKind kind, int[] numbers) {
        CrashDisk disk = CrashDisk.create();
        Path directory = disk.root().resolve("bare");
        try (StorageEngine engine = kind == EngineKind.BTREE
                ? BTreeStore.open(directory, BTreeOptions.defaults())
                : LsmStore.open(directory, LSM.withoutLog())) {
            for (int number : numbers) {
                engine.apply(
                        engine.lastSequence() + 1,
                        new WriteBatch().put(Accounts.key(number), Accounts.value(-number)));
            }
            for (int from = 0; from < PUTS; from += BATCH) {
                engine.apply(engine.lastSequence() + 1, batch(numbers, from));
            }
            DiskCounters before = disk.counters();
            engine.checkpoint();
            return disk.counters().since(before).bytesWritten();
        }
    }

    private static List<Cost> openings(int[] numbers) throws IOException {
        CrashDisk disk = CrashDisk.create();
        DurableOptions options = options(EngineKind.BTREE, SMALL_SEGMENT_BYTES);
        CrashDisk crashed;
        long segments;
        try (DurableStore store = DurableStore.open(disk.root().resolve("store"), options)) {
            for (int i = 0; i < PUTS; i++) {
                if (i == PUTS - SINCE_CHECKPOINT) {
                    store.checkpoint();
                }
                store.put(Accounts.key(numbers[i]), Accounts.value(numbers[i]));
            }
            crashed = disk.afterCrash(SurvivalMode.EVERYTHING, 0);
            store.checkpoint();
            try (Stream<Path> files = Files.list(disk.root().resolve("store").resolve("log"))) {
                segments = files.count();
            }
        }
        return List.of(
                Cost.atMost("segments after a checkpoint", segments, 1),
                Cost.atMost(
                        "operations applied again after a crash, 50 puts after a checkpoint",
                        replayed(crashed, options, numbers),
                        SINCE_CHECKPOINT));
    }

    private static long replayed(CrashDisk disk, DurableOptions options, int[] numbers) {
        try (DurableStore store = DurableStore.open(disk.root().resolve("store"), options)) {
            check(store, numbers);
            return store.replayedOperations();
        }
    }

    private static void check(DurableStore store, int[] numbers) {
        for (int number : numbers) {
            if (!store.get(Accounts.key(number)).map(Accounts::number).equals(Optional.of((long) number))) {
                throw new WrongAnswerException("a get of " + Accounts.key(number) + " does not find what was put");
            }
        }
    }
}
