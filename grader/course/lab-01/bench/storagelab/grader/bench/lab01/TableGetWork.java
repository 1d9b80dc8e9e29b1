package storagelab.grader.bench.lab01;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import storagelab.api.Entry;
import storagelab.api.Slice;
import storagelab.file.StatsRecorder;
import storagelab.grader.bench.worker.Workload;
import storagelab.sortedlog.SortedTable;
import storagelab.sortedlog.SortedTableBuilder;

/** Gets from one table of 20,000 entries, most of 100 bytes; one question in four is for a key that is not there. */
public final class TableGetWork implements Workload {
    private static final int ENTRIES = 20_000;
    private static final int QUESTIONS = 4_096;

    private final Slice[] keys = new Slice[QUESTIONS];
    private final long[] answers = new long[QUESTIONS];
    private @Nullable SortedTable table;

    @Override
    public void prepare(Path directory, Random random) throws IOException {
        Path file = directory.resolve("000001.table");
        StatsRecorder stats = new StatsRecorder();
        long[] digests = new long[ENTRIES];
        try (SortedTableBuilder builder = SortedTableBuilder.create(file, 1, stats)) {
            for (int i = 0; i < ENTRIES; i++) {
                Slice value = Keys.value(random);
                digests[i] = Keys.digest(value);
                builder.add(Entry.value(Keys.present(i), value));
            }
            var unused = builder.finish();
        }
        table = SortedTable.open(file, 1, stats);
        for (int i = 0; i < QUESTIONS; i++) {
            int number = random.nextInt(ENTRIES - 1);
            boolean present = i % 4 != 0;
            keys[i] = present ? Keys.present(number) : Keys.absent(number);
            answers[i] = present ? digests[number] : Keys.NOTHING;
        }
    }

    @Override
    public int size() {
        return QUESTIONS;
    }

    @Override
    public long ask(int question) {
        SortedTable open = table;
        if (open == null) {
            throw new IllegalStateException("not prepared");
        }
        return open.get(keys[question]).map(entry -> Keys.digest(entry.value())).orElse(Keys.NOTHING);
    }

    @Override
    public long expected(int question) {
        return answers[question];
    }

    @Override
    public String describe(int question) {
        return "get(" + keys[question] + ") of a table of 20,000 entries, as a digest of the value,";
    }

    @Override
    public void close() {
        SortedTable open = table;
        if (open != null) {
            open.close();
        }
    }
}
