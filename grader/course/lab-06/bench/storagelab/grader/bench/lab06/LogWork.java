package storagelab.grader.bench.lab06;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import storagelab.api.WriteBatch;
import storagelab.file.StatsRecorder;
import storagelab.grader.bench.worker.Workload;
import storagelab.log.BatchRecord;
import storagelab.wal.LogScan;
import storagelab.wal.WalOptions;
import storagelab.wal.WriteAheadLog;

/** Appends to a new log, 4,096 records of one put; then the log is closed and scanned, and the next one is begun. */
public final class LogWork implements Workload {
    private static final int RECORDS = 4_096;

    private final StatsRecorder stats = new StatsRecorder();
    private final List<List<WriteBatch>> batches = new ArrayList<>();
    private @Nullable Path directory;
    private @Nullable WriteAheadLog log;
    private long sum; // of the numbers of all accounts, each times its sequence

    @Override
    public void prepare(Path place, Random random) {
        directory = place;
        int first = random.nextInt(1 << 30);
        for (int i = 0; i < RECORDS; i++) {
            batches.add(List.of(Accounts.put(first + i)));
            sum += (i + 1L) * (first + i);
        }
    }

    @Override
    public int size() {
        return RECORDS + 1;
    }

    @Override
    public long ask(int question) {
        Path place = directory;
        if (place == null) {
            throw new IllegalStateException("not prepared");
        }
        if (question == RECORDS) {
            close();
            return scan(place);
        }
        WriteAheadLog open = question == 0 ? begin(place) : log;
        if (open == null) {
            throw new IllegalStateException("the first question begins the log");
        }
        open.append(question + 1L, batches.get(question));
        return open.lastSequence();
    }

    private WriteAheadLog begin(Path place) {
        close();
        WriteAheadLog.deleteAll(place);
        WriteAheadLog begun = WriteAheadLog.create(place, 0, WalOptions.defaults(), stats);
        log = begun;
        return begun;
    }

    /** Of the numbers in the values, each times its sequence. */
    private long scan(Path place) {
        long found = 0;
        try (LogScan scan = LogScan.open(place, 0, stats)) {
            for (BatchRecord record = scan.next(); record != null; record = scan.next()) {
                found += record.sequence() * Accounts.number(record.batch());
            }
        }
        return found;
    }

    @Override
    public long expected(int question) {
        return question < RECORDS ? question + 1L : sum;
    }

    @Override
    public String describe(int question) {
        return question < RECORDS
                ? "the last sequence of a log after record " + (question + 1)
                : "the sum of the values in a log of " + RECORDS + " records, each times its sequence,";
    }

    @Override
    public void close() {
        WriteAheadLog open = log;
        if (open != null) {
            open.close();
        }
    }
}
