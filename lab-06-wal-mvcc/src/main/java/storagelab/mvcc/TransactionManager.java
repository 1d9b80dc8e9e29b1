package storagelab.mvcc;

import storagelab.api.Durability;
import storagelab.api.EngineSnapshot;
import storagelab.api.Isolation;
import storagelab.api.TransactionConflictException;
import storagelab.api.WriteBatch;
import storagelab.file.StatsRecorder;
import storagelab.wal.Committer;

/**
 * Begins transactions and commits them, one after the other in the order of the log.
 *
 * <p>A commit is admitted by the {@link ConflictDetector} in the step in which it gets its sequence. So what has committed
 * before is known, and nothing else can commit in between.
 *
 * <p>Concurrency: safe for many threads.
 */
public final class TransactionManager {
    private final VersionedEngine engine;
    private final Committer committer;
    private final StatsRecorder stats;
    private final ConflictDetector conflicts = new ConflictDetector(); // for the thread that appends

    /** Transactions over {@code engine}, which are committed by {@code committer}. */
    public TransactionManager(VersionedEngine engine, Committer committer, StatsRecorder stats) {
        this.engine = engine;
        this.committer = committer;
        this.stats = stats;
    }

    /** Begins a transaction that sees what is visible now. */
    public StoreTransaction begin(Isolation isolation) {
        EngineSnapshot view = engine.view();
        stats.increment(TransactionMetrics.BEGUN);
        return new StoreTransaction(this, view, isolation);
    }

    /** Commits a batch outside of a transaction: it conflicts with nothing. */
    public long write(WriteBatch batch, Durability durability) {
        return committer.commit(batch, durability, lastSequence -> {
            conflicts.forget(engine.watermark().lowest());
            conflicts.add(lastSequence, batch);
        });
    }

    /** Commits a transaction. Its view is open. */
    void commit(ConflictDetector.Candidate candidate, Durability durability) {
        if (candidate.writes().isEmpty() && candidate.reads().isEmpty()) {
            return;
        }
        try {
            long unused = committer.commit(candidate.writes(), durability, lastSequence -> {
                conflicts.forget(engine.watermark().lowest());
                conflicts.admit(candidate, lastSequence);
            });
            stats.increment(TransactionMetrics.COMMITTED);
        } catch (TransactionConflictException e) {
            stats.increment(TransactionMetrics.CONFLICTS);
            throw e;
        }
    }
}
