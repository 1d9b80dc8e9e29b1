package storagelab.grader.bench.lab06;

import java.nio.file.Path;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import storagelab.grader.bench.worker.Workload;

/**
 * Recovers an engine from a log of 2,000 operations, of which it has a part already. The log was closed, so that nothing of it has
 * to be synced again: how long that takes depends on the disk, and {@link RecoveryCosts} counts it.
 */
public final class RecoveryWork implements Workload {
    private static final int RECORDS = 200;
    private static final int QUESTIONS = 8;

    private final long[] had = new long[QUESTIONS];
    private final long[] sums = new long[QUESTIONS];
    private @Nullable ReplayedLog log;

    @Override
    public void prepare(Path directory, Random random) {
        ReplayedLog written = new ReplayedLog(directory, RECORDS, random.nextInt(1 << 30));
        written.write().close();
        for (int i = 0; i < QUESTIONS; i++) {
            had[i] = random.nextInt(RECORDS * ReplayedLog.BATCH / 10);
            sums[i] = written.sum(had[i]);
        }
        log = written;
    }

    @Override
    public int size() {
        return QUESTIONS;
    }

    @Override
    public long ask(int question) {
        ReplayedLog written = log;
        if (written == null) {
            throw new IllegalStateException("not prepared");
        }
        return written.recover(had[question]).sum();
    }

    @Override
    public long expected(int question) {
        return sums[question];
    }

    @Override
    public String describe(int question) {
        return "the sum of the operations that were applied after " + had[question] + ", each times its sequence,";
    }

    @Override
    public void close() {}
}
