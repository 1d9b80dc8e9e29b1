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

    @Override
    public List<Cost> count(long seed) throws IOException {
        int[] numbers = Numbers.shuffled(PUTS, new Random(seed));
        List<Cost> costs = new ArrayList<>();
        for (EngineKind engine : EngineKind.values()) {
            costs.addAll(writes(engine, numbers));
        }
        costs.addAll(openings(numbers));
        return costs;
    }

    private static DurableOptions options(EngineKind engine, long segmentBytes) {
        return DurableOptions.defaults(engine)
                .withLog(new WalOptions(segmentBytes, SegmentAccess.CHANNEL))
                .withLsm(LSM);
    }

    private static List<Cost> writes(EngineKind engine, int[] numbers) {
        CrashDisk disk = CrashDisk.create();
        DurableOptions options = options(engine, 16 << 20);
        try (DurableStore store = DurableStore.open(disk.root().resolve("store"), options)) {
            DiskCounters before = disk.counters();
            for (int number : numbers) {
                store.put(Accounts.key(number), Accounts.value(-number));
            }
            DiskCounters puts = disk.counters().since(before);
            before = disk.counters();
            for (int from = 0; from < PUTS; from += BATCH) {
                store.write(batch(numbers, from), Durability.SYNCED);
            }
            DiskCounters batches = disk.counters().since(before);
            before = disk.counters();
            store.checkpoint();
            DiskCounters checkpoint = disk.counters().since(before);
            check(store, numbers);
            DiskCounters bare = bareCheckpoint(engine, numbers);
            String over = " (" + engine + ")";
            return List.of(
                    Cost.atMost(
                            "bytes written a put of 16 and 100" + over,
                            (double) puts.bytesWritten() / PUTS,
                            RECORD_BYTES * Accounts.BORDERS),
                    Cost.atMost("syncs of 4,000 puts" + over, puts.syncs(), 0),
                    Cost.atMost("syncs of 40 synced batches" + over, batches.syncs(), PUTS / (double) BATCH),
                    Cost.atMost(
                            "bytes written by a checkpoint" + over, checkpoint.bytesWritten(), bare.bytesWritten() * 1.01),
                    Cost.atMost("syncs of a checkpoint" + over, checkpoint.syncs(), bare.syncs() + 1));
        }
    }

    private static WriteBatch batch(int[] numbers, int from) {
        WriteBatch batch = new WriteBatch();
        for (int i = from; i < from + BATCH; i++) {
            batch.put(Accounts.key(numbers[i]), Accounts.value(numbers[i]));
        }
        return batch;
    }

    /** What a checkpoint of the engine costs that has the same operations, without a log. */
    private static DiskCounters bareCheckpoint(EngineKind kind, int[] numbers) {
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
            return disk.counters().since(before);
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
                        SINCE_CHECKPOINT),
                Cost.atMost("operations applied again after a close", replayed(disk, options, numbers), 0));
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
