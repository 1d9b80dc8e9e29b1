package storagelab.grader.bench.lab05;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import storagelab.api.Durability;
import storagelab.api.WriteBatch;
import storagelab.disk.CrashDisk;
import storagelab.disk.DiskCounters;
import storagelab.experiment.Numbers;
import storagelab.grader.bench.worker.Cost;
import storagelab.grader.bench.worker.CostProbe;
import storagelab.grader.bench.worker.WrongAnswerException;
import storagelab.lsm.FileAccess;
import storagelab.lsm.LsmOptions;
import storagelab.lsm.LsmStore;

/** What puts write and sync, one by one and in batches, and what a flush adds to that. */
public final class PutCosts implements CostProbe {
    private static final int PUTS = 4_000;
    private static final int BATCH = 100;

    /** A head of 7 for the record and 12 for the batch; 1 for the kind; 1 for each length; key and value. */
    private static final int PUT_BYTES = 7 + 12 + 1 + 1 + 1 + Orders.KEY_BYTES + Orders.VALUE_BYTES;

    private static final double BORDERS = 1.01; // of blocks of the log

    @Override
    public List<Cost> count(long seed) {
        int[] numbers = Numbers.shuffled(PUTS, new Random(seed));
        CrashDisk disk = CrashDisk.create();
        LsmOptions options = NoMerges.options().withFileAccess(FileAccess.CHANNEL);
        List<Cost> costs = new ArrayList<>();
        try (LsmStore store = LsmStore.open(disk.root().resolve("store"), options)) {
            DiskCounters before = disk.counters();
            for (int number : numbers) {
                store.put(Orders.key(number), Orders.value(number));
            }
            DiskCounters one = disk.counters().since(before);
            costs.add(Cost.atMost(
                    "bytes written a put of 16 and 100", (double) one.bytesWritten() / PUTS, PUT_BYTES * BORDERS));
            costs.add(Cost.atMost("syncs of 4,000 puts", one.syncs(), 0));

            before = disk.counters();
            for (int from = 0; from < PUTS; from += BATCH) {
                WriteBatch batch = new WriteBatch();
                for (int i = from; i < from + BATCH; i++) {
                    batch.put(Orders.key(numbers[i]), Orders.value(numbers[i]));
                }
                store.write(batch, Durability.SYNCED);
            }
            DiskCounters batches = disk.counters().since(before);
            costs.add(Cost.atMost("syncs of 40 synced batches", batches.syncs(), PUTS / (double) BATCH));

            before = disk.counters();
            store.flush();
            DiskCounters flush = disk.counters().since(before);
            costs.add(Cost.timesReference("bytes written by a flush", flush.bytesWritten(), 1.05));
            costs.add(Cost.timesReference("syncs of a flush", flush.syncs(), 1));
            for (int number : numbers) {
                if (store.get(Orders.key(number)).map(Orders::number).orElse(-1L) != number) {
                    throw new WrongAnswerException("a get of " + Orders.key(number) + " does not find what was put");
                }
            }
        }
        return costs;
    }
}
