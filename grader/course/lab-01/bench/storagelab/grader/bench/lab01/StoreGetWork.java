package storagelab.grader.bench.lab01;

import java.nio.file.Path;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import storagelab.api.MaintenanceKind;
import storagelab.api.Slice;
import storagelab.grader.bench.worker.Workload;
import storagelab.sortedlog.SortedLogOptions;
import storagelab.sortedlog.SortedLogStore;
import storagelab.sortedlog.TableListKind;

/**
 * Gets from a store whose 8,000 keys, a fifth of them overwritten and some deleted, lie in several tables and the
 * memtable.
 */
public final class StoreGetWork implements Workload {
    private static final int KEYS = 8_000;
    private static final int QUESTIONS = 4_096;
    private static final long MEMTABLE_BYTES = 256 << 10;

    private final Slice[] keys = new Slice[QUESTIONS];
    private final long[] answers = new long[QUESTIONS];
    private @Nullable SortedLogStore store;

    @Override
    public void prepare(Path directory, Random random) {
        SortedLogStore open = SortedLogStore.open(
                directory,
                SortedLogOptions.defaults()
                        .withMemtableBytes(MEMTABLE_BYTES)
                        .withTableList(TableListKind.EPHEMERAL)
                        .withMaintenance(MaintenanceKind.FOREGROUND)
                        .withCompactionTrigger(SortedLogOptions.NO_COMPACTION));
        store = open;
        long[] digests = new long[KEYS];
        for (int i = 0; i < KEYS + KEYS / 5; i++) {
            int number = i < KEYS ? (int) (i * 7_919L % KEYS) : random.nextInt(KEYS);
            if (i % 50 == 49) {
                open.delete(Keys.present(number));
                digests[number] = Keys.NOTHING;
            } else {
                Slice value = Keys.value(random);
                open.put(Keys.present(number), value);
                digests[number] = Keys.digest(value);
            }
        }
        for (int i = 0; i < QUESTIONS; i++) {
            int number = random.nextInt(KEYS);
            boolean absent = i % 8 == 0;
            keys[i] = absent ? Keys.absent(number) : Keys.present(number);
            answers[i] = absent ? Keys.NOTHING : digests[number];
        }
    }

    @Override
    public int size() {
        return QUESTIONS;
    }

    @Override
    public long ask(int question) {
        SortedLogStore open = store;
        if (open == null) {
            throw new IllegalStateException("not prepared");
        }
        return open.get(keys[question]).map(Keys::digest).orElse(Keys.NOTHING);
    }

    @Override
    public long expected(int question) {
        return answers[question];
    }

    @Override
    public String describe(int question) {
        return "get(" + keys[question] + ") of a store of 8,000 keys, as a digest of the value,";
    }

    @Override
    public void close() {
        SortedLogStore open = store;
        if (open != null) {
            open.close();
        }
    }
}
