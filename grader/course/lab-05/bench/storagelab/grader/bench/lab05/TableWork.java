package storagelab.grader.bench.lab05;

import java.nio.file.Path;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.file.StatsRecorder;
import storagelab.grader.bench.worker.Workload;
import storagelab.sstable.Block;
import storagelab.sstable.BlockSlots;
import storagelab.sstable.InternalKey;
import storagelab.sstable.MappedSource;
import storagelab.sstable.SsTable;

/**
 * A table of 20,000 entries, of whose blocks every fourth is not kept in memory. Three questions in four get a key that
 * is there, one a key that is not.
 */
public final class TableWork implements Workload {
    private static final int ENTRIES = 20_000;
    private static final int QUESTIONS = 4_096;
    private static final int READ_ONE_IN = 4;
    private static final long NOTHING = -1;

    private final Slice[] keys = new Slice[QUESTIONS];
    private final long[] answers = new long[QUESTIONS];
    private @Nullable SsTable table;

    @Override
    public void prepare(Path directory, Random random) {
        Path path = directory.resolve("table");
        OrderTable.build(path, Orders.sorted(0, ENTRIES));
        table = SsTable.open(MappedSource.open(path, new StatsRecorder()), SomeSlots::new, OrderTable.FILTER);
        for (int i = 0; i < QUESTIONS; i++) {
            boolean present = i % 4 != 1;
            long number = random.nextInt(ENTRIES);
            keys[i] = Orders.key(present ? number : number + ENTRIES);
            answers[i] = present ? number : NOTHING;
        }
    }

    /** Keeps three blocks in four: no cache that is an exercise of its own. */
    private static final class SomeSlots implements BlockSlots {
        private final @Nullable Block[] blocks;

        SomeSlots(int count) {
            blocks = new Block[count];
        }

        @Override
        public @Nullable Block get(int number) {
            return blocks[number];
        }

        @Override
        public void put(int number, Block block) {
            blocks[number] = number % READ_ONE_IN == 0 ? null : block;
        }

        @Override
        public void close() {}
    }

    @Override
    public int size() {
        return QUESTIONS;
    }

    @Override
    public long ask(int question) {
        SsTable open = table;
        if (open == null) {
            throw new IllegalStateException("not prepared");
        }
        return open.get(keys[question], InternalKey.MAX_SEQUENCE)
                .map(entry -> Orders.number(entry.value()))
                .orElse(NOTHING);
    }

    @Override
    public long expected(int question) {
        return answers[question];
    }

    @Override
    public String describe(int question) {
        return "get(" + keys[question] + ") of a table of 20,000 entries, by the number in the value,";
    }

    @Override
    public void close() {
        SsTable open = table;
        if (open != null) {
            open.close();
        }
    }
}
