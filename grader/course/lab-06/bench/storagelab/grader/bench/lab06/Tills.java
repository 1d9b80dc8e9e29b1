package storagelab.grader.bench.lab06;

import java.util.Random;
import storagelab.api.Durability;
import storagelab.api.Isolation;
import storagelab.api.Slice;
import storagelab.api.Transaction;
import storagelab.api.TransactionConflictException;
import storagelab.api.WriteBatch;
import storagelab.file.StatsRecorder;
import storagelab.mvcc.ChainedVersions;
import storagelab.mvcc.TransactionManager;
import storagelab.wal.Committer;

/** Tills whose contents are moved by transactions over an engine in memory, without a log. */
final class Tills {
    static final int COUNT = 1_000;
    private static final int CONTENT = 100;

    private final HeapEngine engine = new HeapEngine();
    private final ChainedVersions versions = new ChainedVersions(engine);
    private final Direct committer = new Direct();
    private final TransactionManager transactions =
            new TransactionManager(versions, committer, new StatsRecorder());
    private final Slice[] keys = new Slice[COUNT];

    /** Publishes at once what is admitted. */
    private final class Direct implements Committer {
        private long last;
        private long commits;

        @Override
        public long commit(WriteBatch batch, Durability durability, Admission admission) {
            commits++;
            int operations = batch.operations().size();
            admission.admit(last + operations);
            if (operations > 0) {
                versions.publish(last + 1, batch);
                last += operations;
            }
            return last;
        }
    }

    Tills() {
        WriteBatch all = new WriteBatch();
        for (int i = 0; i < COUNT; i++) {
            keys[i] = Slice.utf8("till %05d".formatted(i));
            all.put(keys[i], Slice.utf8("" + CONTENT));
        }
        long unused = transactions.write(all, Durability.BUFFERED);
    }

    /** Moves one from a till to another, by pairs of transactions that run at the same time; returns how many committed. */
    int move(Isolation level, int pairs, Random random) {
        int committed = 0;
        for (int i = 0; i < pairs; i++) {
            int half = COUNT / 2;
            Transaction first = moved(level, random.nextInt(half), random.nextInt(half));
            Transaction second = moved(level, half + random.nextInt(half), half + random.nextInt(half));
            committed += (commits(first) ? 1 : 0) + (commits(second) ? 1 : 0);
        }
        return committed;
    }

    private Transaction moved(Isolation level, int from, int to) {
        Transaction transaction = transactions.begin(level);
        add(transaction, from, -1);
        add(transaction, to, 1);
        return transaction;
    }

    private void add(Transaction transaction, int till, int amount) {
        int content = Integer.parseInt(transaction.get(keys[till]).orElseThrow().toString());
        transaction.put(keys[till], Slice.utf8(Integer.toString(content + amount)));
    }

    private static boolean commits(Transaction transaction) {
        try {
            transaction.commit();
            return true;
        } catch (TransactionConflictException e) {
            return false;
        }
    }

    /** Reads some tills in a transaction that writes nothing. */
    void read(Isolation level, int count) {
        try (Transaction transaction = transactions.begin(level)) {
            for (int i = 0; i < count; i++) {
                transaction.get(keys[i]);
            }
            transaction.commit();
        }
    }

    long commits() {
        return committer.commits;
    }

    long versions() {
        return versions.versions();
    }

    /** What is in all tills together, less what was in them at the beginning. */
    long surplus() {
        long sum = 0;
        for (Slice key : keys) {
            sum += Integer.parseInt(engine.get(key).orElseThrow().toString()) - CONTENT;
        }
        return sum;
    }
}
