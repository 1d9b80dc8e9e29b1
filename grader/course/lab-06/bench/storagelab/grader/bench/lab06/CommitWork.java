package storagelab.grader.bench.lab06;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import storagelab.api.Durability;
import storagelab.api.WriteBatch;
import storagelab.file.StatsRecorder;
import storagelab.grader.bench.worker.Workload;
import storagelab.wal.GroupCommitter;
import storagelab.wal.LogSyncer;
import storagelab.wal.SyncPolicy;
import storagelab.wal.WalOptions;
import storagelab.wal.WriteAheadLog;

/**
 * BUFFERED commits of one put each, 4,096 to a log. One thread commits, so that the time is that of the committer, and not that of
 * a disk or of threads which the machine wakes. What many threads share is counted by {@link CommitCosts}.
 */
public final class CommitWork implements Workload {
    private static final int COMMITS = 4_096;

    private final StatsRecorder stats = new StatsRecorder();
    private final List<WriteBatch> batches = new ArrayList<>();
    private @Nullable Path directory;
    private @Nullable WriteAheadLog log;
    private @Nullable GroupCommitter committer;
    private long sum; // of the numbers of all accounts, each times its sequence
    private long published; // sum of what was published to the log that is open

    @Override
    public void prepare(Path place, Random random) {
        directory = place;
        int first = random.nextInt(1 << 30);
        for (int i = 0; i < COMMITS; i++) {
            batches.add(Accounts.put(first + i));
            sum += (i + 1L) * (first + i);
        }
    }

    @Override
    public int size() {
        return COMMITS;
    }

    @Override
    public long ask(int question) {
        GroupCommitter open = question == 0 ? begin() : committer;
        if (open == null) {
            throw new IllegalStateException("the first question begins the log");
        }
        long last = open.commit(batches.get(question), Durability.BUFFERED);
        return question == COMMITS - 1 ? published : last;
    }

    private GroupCommitter begin() {
        Path place = directory;
        if (place == null) {
            throw new IllegalStateException("not prepared");
        }
        close();
        WriteAheadLog.deleteAll(place);
        WriteAheadLog begun = WriteAheadLog.create(place, 0, WalOptions.defaults(), stats);
        log = begun;
        published = 0;
        GroupCommitter.Publisher publisher =
                (sequence, batch) -> published += sequence * Accounts.number(batch);
        GroupCommitter made = new GroupCommitter(begun, new LogSyncer(begun, SyncPolicy.none()), publisher, stats);
        committer = made;
        return made;
    }

    @Override
    public long expected(int question) {
        return question < COMMITS - 1 ? question + 1L : sum;
    }

    @Override
    public String describe(int question) {
        return question < COMMITS - 1
                ? "the sequence of commit " + (question + 1)
                : "the sum of the values that were published, each times its sequence,";
    }

    @Override
    public void close() {
        WriteAheadLog open = log;
        if (open != null) {
            open.close();
        }
    }
}
