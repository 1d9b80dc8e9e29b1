package storagelab.testkit.kv;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.EngineSnapshot;
import storagelab.api.Isolation;
import storagelab.api.KeyRange;
import storagelab.api.LatencySummary;
import storagelab.api.Slice;
import storagelab.api.StorageEngine;
import storagelab.api.StoreStats;
import storagelab.api.Transaction;
import storagelab.api.TransactionalStore;
import storagelab.api.WriteBatch;
import storagelab.file.StatsRecorder;
import storagelab.mvcc.ChainedVersions;
import storagelab.mvcc.NativeVersions;
import storagelab.mvcc.TransactionManager;
import storagelab.mvcc.VersionedEngine;
import storagelab.wal.Committer;

/**
 * A transactional store in memory, without a log: transactions over a {@link MapEngine}, committed one at a time. What it needs
 * is the transactions and the versions, and no other exercise of the lab.
 *
 * <p>Concurrency: safe for many threads.
 */
public final class MemoryTransactions implements TransactionalStore {
    /** How the versions are kept. */
    public enum Versions {
        /** In chains, none of which is ever dropped. */
        CHAINED(ChainedVersions::keepingAll),
        /** In chains, of which the collector drops what is not needed. */
        COLLECTED(ChainedVersions::new),
        /** By the engine itself. */
        NATIVE(NativeVersions::new);

        private final Function<StorageEngine, VersionedEngine> over;

        Versions(Function<StorageEngine, VersionedEngine> over) {
            this.over = over;
        }

        /** Versions of this kind over an engine. */
        public VersionedEngine over(StorageEngine engine) {
            return over.apply(engine);
        }
    }

    private final MapEngine engine = new MapEngine();
    private final VersionedEngine versions;
    private final StatsRecorder stats = new StatsRecorder();
    private final CountingCommitter committer = new CountingCommitter();
    private final TransactionManager transactions;

    /** Commits under one lock, in the order in which it is called. */
    private final class CountingCommitter implements Committer {
        private long last; // guarded by this
        private long commits; // guarded by this
        private Durability durability = Durability.BUFFERED; // of the last commit; guarded by this

        @Override
        public synchronized long commit(WriteBatch batch, Durability asked, Admission admission) {
            commits++;
            durability = asked;
            int operations = batch.operations().size();
            admission.admit(last + operations);
            if (operations > 0) {
                versions.publish(last + 1, batch);
                last += operations;
            }
            return last;
        }

        private synchronized long commits() {
            return commits;
        }

        private synchronized Durability durability() {
            return durability;
        }
    }

    /** An empty store. */
    public MemoryTransactions(Versions versions) {
        this.versions = versions.over(engine);
        this.transactions = new TransactionManager(this.versions, committer, stats);
    }

    /** How many commits the committer was asked for. */
    public long commits() {
        return committer.commits();
    }

    /** With which durability it was asked for the last one. */
    public Durability durability() {
        return committer.durability();
    }

    /** The engine. */
    public MapEngine engine() {
        return engine;
    }

    /** Its versions. */
    public VersionedEngine versions() {
        return versions;
    }

    @Override
    public Transaction begin(Isolation isolation) {
        return transactions.begin(isolation);
    }

    @Override
    public Optional<Slice> get(Slice key) {
        return engine.get(key);
    }

    @Override
    public void write(WriteBatch batch, Durability durability) {
        long unused = writeAt(batch, durability);
    }

    /** As {@link #write}; returns what the manager returns. */
    public long writeAt(WriteBatch batch, Durability durability) {
        return transactions.write(batch, durability);
    }

    @Override
    public Cursor cursor(KeyRange range) {
        return engine.cursor(range);
    }

    @Override
    public EngineSnapshot snapshot() {
        return versions.view();
    }

    /** What the transactions have counted. */
    @Override
    public StoreStats stats() {
        return new StoreStats(Map.copyOf(stats.snapshot().metrics()), LatencySummary.NONE, LatencySummary.NONE);
    }

    @Override
    public void close() {}
}
