package storagelab.grader.bench.lab05;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import storagelab.disk.CrashDisk;
import storagelab.grader.bench.worker.Cost;
import storagelab.grader.bench.worker.CostProbe;
import storagelab.grader.bench.worker.WrongAnswerException;
import storagelab.sstable.BlockSlots;
import storagelab.sstable.InternalCursor;
import storagelab.sstable.InternalKey;
import storagelab.sstable.SsTable;

/** Bytes of a table, and reads of opening it, of gets that find and do not find, and of a walk. */
public final class TableCosts implements CostProbe {
    private static final int ENTRIES = 20_000;
    private static final int OPENING_READS = 4;

    /** Filters of ten bits let 0.8 % of the absent keys pass. */
    private static final double ABSENT_READS = 0.015;

    @Override
    public List<Cost> count(long seed) {
        long first = new Random(seed).nextInt(1 << 30);
        Orders.Numbered[] orders = Orders.sorted(first, first + ENTRIES);
        Path path = CrashDisk.create().root().resolve("table");
        long bytes = OrderTable.build(path, orders);
        CountedSource source = new CountedSource(path);
        try (SsTable table = SsTable.open(source, count -> BlockSlots.none(), OrderTable.FILTER)) {
            int opening = source.reads();
            for (Orders.Numbered order : orders) {
                get(table, order.number(), true);
            }
            int present = source.reads() - opening;
            for (int i = 0; i < ENTRIES; i++) {
                get(table, first + ENTRIES + i, false);
            }
            int absent = source.reads() - opening - present;
            int walked = walk(table, orders);
            int walk = source.reads() - opening - present - absent;
            if (walked != ENTRIES) {
                throw new WrongAnswerException("a walk comes by " + walked + " entries of " + ENTRIES);
            }
            return List.of(
                    Cost.timesReference("bytes of a table of 20,000 entries", bytes, 1),
                    Cost.atMost("reads of opening it", opening, OPENING_READS),
                    Cost.atMost("reads of a get of a key that is there", present / (double) ENTRIES, 1),
                    Cost.atMost("reads of a get of a key that is not", absent / (double) ENTRIES, ABSENT_READS),
                    Cost.timesReference("reads of a walk through it", walk, 1));
        }
    }

    private static void get(SsTable table, long number, boolean present) {
        boolean found = table.get(Orders.key(number), InternalKey.MAX_SEQUENCE)
                .filter(entry -> Orders.number(entry.value()) == number)
                .isPresent();
        if (found != present) {
            throw new WrongAnswerException("a get of " + Orders.key(number)
                    + (present ? " does not find what was added" : " finds something"));
        }
    }

    private static int walk(SsTable table, Orders.Numbered[] orders) {
        int walked = 0;
        try (InternalCursor cursor = table.cursor()) {
            for (cursor.seekToFirst(); cursor.isValid() && walked < orders.length; cursor.next()) {
                if (Orders.number(cursor.value()) != orders[walked++].number()) {
                    throw new WrongAnswerException("entry " + walked + " of a walk is not the one that was added");
                }
            }
        }
        return walked;
    }
}
