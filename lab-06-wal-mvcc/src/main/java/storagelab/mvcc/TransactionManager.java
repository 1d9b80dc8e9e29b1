package storagelab.mvcc;

import storagelab.api.Durability;
import storagelab.api.EngineSnapshot;
import storagelab.api.Isolation;
import storagelab.api.TransactionConflictException;
import storagelab.api.WriteBatch;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.course.ExercisePart;
import storagelab.file.StatsRecorder;
import storagelab.wal.Committer;

/**
 * Begins transactions and commits them, one after the other in the order of the log.
 *
 * <p>A commit is admitted in the step in which it gets its sequence ({@link Committer.Admission}). So what has committed
 * before is known, and nothing else can commit in between.
 *
 * <p>Concurrency: safe for many threads.
 */
public final class TransactionManager {
    private final VersionedEngine engine;
    private final Committer committer;
    private final StatsRecorder stats;
    private final RecentCommits commits = new RecentCommits(); // for the thread that appends
    private final ConflictDetector conflicts = new ConflictDetector(commits); // for the thread that appends

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

    /**
     * Commits a batch outside of a transaction. It conflicts with nothing, since it has read nothing. Transactions that
     * run may conflict with it: it is added to the recent commits when it is admitted. Before, the commits at or below the
     * watermark are forgotten, so that a store without transactions remembers no more than its last write.
     *
     * @return the sequence of its last operation
     */
    @ExercisePart("6.8")
    public long write(WriteBatch batch, Durability durability) {
        return committer.commit(batch, durability, lastSequence -> {
            forgetOld();
            commits.add(Commit.ofWrite(lastSequence, batch));
        });
    }

    /**
     * Commits a transaction, whose view is open until this returns. A candidate that has neither writes nor reads returns
     * at once: nothing is appended to the log, and no other commit is waited for. For every other one, the committer
     * appends, syncs and publishes the writes. When it admits the commit, which is a step that no other commit can come
     * into,
     *
     * <ol>
     *   <li>the commits at or below the watermark are forgotten;
     *   <li>{@link RecentCommits#checkFirst} decides whether it is the first committer;
     *   <li>a {@link Isolation#SERIALIZABLE} one goes to {@link ConflictDetector#admit} (exercise 6.9);
     *   <li>and it is added to the recent commits. If a check throws, it is not added.
     * </ol>
     *
     * <p>Each commit that goes to the committer counts as {@link TransactionMetrics#COMMITTED}, or as {@link
     * TransactionMetrics#CONFLICTS} if it was refused.
     *
     * @throws TransactionConflictException if a check does not allow it; nothing was written then
     */
    @Exercise(
            id = "6.8",
            title = "Transactions under snapshot isolation",
            points = 9,
            difficulty = Difficulty.HARD,
            hours = 6,
            needs = {"2.7", "3.1", "3.4", "6.7"})
    void commit(ConflictDetector.Candidate candidate, Durability durability) {
        if (candidate.writes().isEmpty() && candidate.reads().isEmpty()) {
            return;
        }
        try {
            long unused = committer.commit(candidate.writes(), durability, lastSequence -> {
                forgetOld();
                commits.checkFirst(candidate.view(), candidate.writes());
                commits.add(
                        candidate.isolation() == Isolation.SERIALIZABLE
                                ? conflicts.admit(candidate, lastSequence)
                                : Commit.ofSnapshot(candidate, lastSequence));
            });
            stats.increment(TransactionMetrics.COMMITTED);
        } catch (TransactionConflictException e) {
            stats.increment(TransactionMetrics.CONFLICTS);
            throw e;
        }
    }

    /** Forgets the commits at or below the watermark, for the thread that appends. */
    private void forgetOld() {
        commits.forget(engine.watermark().lowest(), conflicts::forget);
    }
}
