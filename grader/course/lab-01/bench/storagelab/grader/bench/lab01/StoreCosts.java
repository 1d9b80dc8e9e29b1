package storagelab.grader.bench.lab01;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import storagelab.api.Durability;
import storagelab.api.MaintenanceKind;
import storagelab.api.WriteBatch;
import storagelab.disk.CrashDisk;
import storagelab.disk.DiskCounters;
import storagelab.grader.bench.worker.Cost;
import storagelab.grader.bench.worker.CostProbe;
import storagelab.grader.bench.worker.WrongAnswerException;
import storagelab.sortedlog.SortedLogOptions;
import storagelab.sortedlog.SortedLogStore;
import storagelab.sortedlog.TableListKind;

/** What a fixed load of a store moves to and from the disk, counted by the disk. */
public final class StoreCosts implements CostProbe {
    private static final int PUTS = 8_000;
    private static final int KEYS = 4_000;
    private static final int SYNCED = 100;
    private static final int GETS = 1_000;
    private static final long MEMTABLE_BYTES = 128 << 10;

    @Override
    public List<Cost> count(long seed) throws IOException {
        Random random = new Random(seed);
        SortedLogOptions options = SortedLogOptions.defaults()
                .withMemtableBytes(MEMTABLE_BYTES)
                .withTableList(TableListKind.EPHEMERAL)
                .withMaintenance(MaintenanceKind.FOREGROUND);
        CrashDisk disk = CrashDisk.create();
        try (SortedLogStore store = SortedLogStore.open(disk.root().resolve("store"), options)) {
            DiskCounters before = disk.counters();
            for (int i = 0; i < PUTS; i++) {
                store.put(Keys.present(random.nextInt(KEYS)), Keys.value(random));
            }
            DiskCounters load = disk.counters().since(before);

            store.flush();
            DiskCounters loaded = disk.counters();
            for (int i = 0; i < SYNCED; i++) {
                WriteBatch batch = new WriteBatch().put(Keys.present(i), Keys.value(random));
                store.write(batch, Durability.SYNCED);
            }
            DiskCounters synced = disk.counters();
            for (int i = 0; i < GETS; i++) {
                int number = SYNCED + random.nextInt(KEYS - SYNCED);
                if (store.get(Keys.absent(number)).isPresent()) {
                    throw new WrongAnswerException("get(" + Keys.absent(number) + ") found what nobody put");
                }
            }
            DiskCounters gets = disk.counters().since(synced);
            double put = (double) PUTS * (Keys.KEY_BYTES + Keys.VALUE_BYTES);
            long syncs = load.syncs() + load.directorySyncs();
            return List.of(
                    Cost.timesReference("bytes written a byte put", (double) load.bytesWritten() / put, 1.3),
                    Cost.timesReference("syncs, 8,000 buffered puts", (double) syncs, 1.5),
                    Cost.timesReference(
                            "syncs, 100 synced puts",
                            (double) synced.since(loaded).syncs(),
                            1.1),
                    Cost.timesReference("file reads a get of a missing key", (double) gets.reads() / GETS, 2));
        }
    }
}
