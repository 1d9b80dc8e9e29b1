package storagelab.grader.bench.lab05;

import java.util.List;
import java.util.Random;
import storagelab.api.Slice;
import storagelab.disk.CrashDisk;
import storagelab.file.FileMetrics;
import storagelab.grader.bench.worker.Cost;
import storagelab.grader.bench.worker.CostProbe;
import storagelab.grader.bench.worker.WrongAnswerException;
import storagelab.lsm.LsmStore;

/** What gets read from the files of a store without a cache, and that they write nothing. */
public final class GetCosts implements CostProbe {
    private static final int GETS = 20_000;
    private static final int ABSENT_FROM = 1 << 30;

    /** A block of 4 KiB and what it is longer, and what filters let pass. */
    private static final double PRESENT_BYTES = 4_096 * 1.2;

    /** Filters of ten bits let 0.8 % pass in each of a few runs. */
    private static final double ABSENT_BYTES = 4_096 * 0.1;

    @Override
    public List<Cost> count(long seed) {
        Random random = new Random(seed);
        CrashDisk disk = CrashDisk.create();
        try (LsmStore store = OrderStore.create(
                disk.root().resolve("store"), OrderStore.options().withCacheBytes(0), random)) {
            int[] present = random.ints(GETS, 0, OrderStore.ORDERS).toArray();
            int[] absent = random.ints(GETS, ABSENT_FROM, Integer.MAX_VALUE).toArray();
            gets(store, present); // every table is open
            long written = disk.counters().bytesWritten();
            double ofPresent = gets(store, present);
            double ofAbsent = gets(store, absent);
            return List.of(
                    Cost.atMost("bytes read a get of a key that is, or was, there", ofPresent, PRESENT_BYTES),
                    Cost.atMost("bytes read a get of a key that never was", ofAbsent, ABSENT_BYTES),
                    Cost.atMost("bytes written by gets", disk.counters().bytesWritten() - written, 0));
        }
    }

    /** Bytes read for each of these. */
    private static double gets(LsmStore store, int[] numbers) {
        long before = store.stats().get(FileMetrics.BYTES_READ);
        for (int number : numbers) {
            Slice key = Orders.key(number);
            boolean isThere = number < OrderStore.ORDERS && !OrderStore.isDeleted(number);
            if (store.get(key).map(Orders::number).orElse(-1L) != (isThere ? number : -1)) {
                throw new WrongAnswerException(
                        "a get of " + key + (isThere ? " does not find what was put" : " finds something"));
            }
        }
        return (double) (store.stats().get(FileMetrics.BYTES_READ) - before) / numbers.length;
    }
}
