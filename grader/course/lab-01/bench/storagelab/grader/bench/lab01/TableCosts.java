package storagelab.grader.bench.lab01;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import storagelab.api.Entry;
import storagelab.disk.CrashDisk;
import storagelab.disk.DiskCounters;
import storagelab.file.StatsRecorder;
import storagelab.grader.bench.worker.Cost;
import storagelab.grader.bench.worker.CostProbe;
import storagelab.grader.bench.worker.WrongAnswerException;
import storagelab.sortedlog.SortedTable;
import storagelab.sortedlog.SortedTableBuilder;

/** What building, opening and asking a table of 5,000 entries moves to and from the disk, counted by the disk. */
public final class TableCosts implements CostProbe {
    private static final int ENTRIES = 5_000;
    private static final int GETS = 1_000;

    @Override
    public List<Cost> count(long seed) throws IOException {
        Random random = new Random(seed);
        CrashDisk disk = CrashDisk.create();
        Path file = disk.root().resolve("000001.table");
        StatsRecorder stats = new StatsRecorder();
        build(file, stats, random);
        DiskCounters built = disk.counters();
        try (SortedTable table = SortedTable.open(file, 1, stats)) {
            DiskCounters opened = disk.counters();
            for (int i = 0; i < GETS; i++) {
                int number = random.nextInt(ENTRIES - 1);
                boolean present = i % 4 != 0;
                check(table.get(present ? Keys.present(number) : Keys.absent(number))
                                .isPresent()
                        == present);
            }
            DiskCounters asked = disk.counters();
            for (int i = 0; i < GETS; i++) {
                check(table.get(Keys.absent(ENTRIES + i)).isEmpty());
            }
            long outside = disk.counters().since(asked).reads();
            DiskCounters opening = opened.since(built);
            DiskCounters gets = asked.since(opened);
            return List.of(
                    Cost.timesReference("file reads a get", (double) gets.reads() / GETS, 2),
                    Cost.timesReference("bytes read a get", (double) gets.bytesRead() / GETS, 1.25),
                    Cost.atMost("file reads, 1,000 gets beyond the last key", (double) outside, 0),
                    Cost.timesReference("bytes read to open it", (double) opening.bytesRead(), 1.5),
                    Cost.timesReference("bytes written to build it", (double) built.bytesWritten(), 1.1));
        }
    }

    private static void build(Path file, StatsRecorder stats, Random random) {
        try (SortedTableBuilder builder = SortedTableBuilder.create(file, 1, stats)) {
            for (int i = 0; i < ENTRIES; i++) {
                builder.add(Entry.value(Keys.present(i), Keys.value(random)));
            }
            var unused = builder.finish();
        }
    }

    private static void check(boolean right) {
        if (!right) {
            throw new WrongAnswerException("a get of a table of 5,000 entries gave a wrong answer");
        }
    }
}
