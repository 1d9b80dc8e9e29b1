package storagelab.mvcc;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import storagelab.api.Isolation;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.TransactionConflictException;
import storagelab.api.WriteBatch;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.course.Given;

/**
 * Decides which serializable transactions may commit, after {@link RecentCommits#checkFirst} has let them pass.
 *
 * <p>Say {@code R → W} if R has read a key or a range, W has written a key of it, the two are concurrent, and R has not
 * seen the write: in any order of the two that explains the result, R comes before W. Every result that no order explains
 * has a part {@code in → pivot → out}, in which {@code out} committed first (in and out may be the same). So a commit is
 * refused if it would complete such a part:
 *
 * <table>
 * <caption>The committing transaction is X</caption>
 * <tr><th>X is</th><th>it is refused if</th></tr>
 * <tr><td>in</td><td>X → P, and P, which is committed, had a conflict P → O with O committed before P</td></tr>
 * <tr><td>pivot</td><td>X has writes, X → O with O committed, and R → X with R committed after O</td></tr>
 * <tr><td>out</td><td>never: it commits first, and in or pivot will find X</td></tr>
 * </table>
 *
 * <p><b>Readers.</b> If {@code in} has written nothing, the part does harm only if {@code out} had committed when
 * {@code in} began: the sequence of {@code out} is at most the view of {@code in}.
 *
 * <p>Example: x and y are both 10, and x + y must not be negative. A reads both and writes x = -5, B reads both and
 * writes y = -5. A commits first and is admitted: nothing that it has read is written. B commits: B → A, since B has read
 * x, and A → B, since A has read y. B is the pivot, A is both in and out, and B is refused.
 *
 * <p>A refusal is safe but not always needed: a transaction may be refused although some order would explain the result,
 * since this looks at two conflicts and not for a whole cycle.
 *
 * <p>Cost: O(log n) for each key that the candidate has read, with n keys that recent commits have written, and for a
 * range the number of those keys in it; for each key that it writes, the recent commits that have read it, and those that
 * have read ranges.
 *
 * <p>Concurrency: one thread at a time: the one that appends to the log. Source: Cahill, Röhm, Fekete, <i>Serializable
 * Isolation for Snapshot Databases</i>, SIGMOD 2008; PostgreSQL, {@code README-SSI}.
 */
@Exercise(
        id = "6.9",
        title = "Serializable snapshot isolation",
        points = 8,
        difficulty = Difficulty.HARD,
        hours = 6,
        needs = "6.8")
public final class ConflictDetector {
    @Given
    private final RecentCommits commits;

    private final Deque<Commit> unindexed = new ArrayDeque<>(); // the newest that were admitted

    private final Map<Slice, List<Commit>> readers = new HashMap<>();

    private final List<Commit> rangeReaders = new ArrayList<>();

    /**
     * A transaction that is about to commit.
     *
     * @param view the sequence at which it reads
     * @param isolation what it may notice
     * @param reads what it has read, if it is serializable
     * @param writes what it writes
     */
    @Given
    public record Candidate(long view, Isolation isolation, ReadSet reads, WriteBatch writes) {}

    /** A detector that has admitted nothing, over what commits at either level have written. */
    @Given
    public ConflictDetector(RecentCommits commits) {
        this.commits = commits;
    }

    /**
     * Lets a serializable transaction commit, and remembers what it has read.
     *
     * @param lastSequence of its operations; without any, of the last operation before
     * @return the commit, which the caller adds to the recent commits ({@link Commit#ofSerializable})
     * @throws TransactionConflictException if it must not commit; it is not remembered then
     */
    public Commit admit(Candidate candidate, long lastSequence) {
        index();
        long firstOut = firstOut(candidate);
        if (firstOut != Commit.NEVER && !candidate.writes.isEmpty()) {
            checkIsNoPivot(candidate, firstOut);
        }
        Commit commit = Commit.ofSerializable(candidate, lastSequence, firstOut);
        unindexed.addLast(commit);
        return commit;
    }

    /**
     * When the first transaction committed that has written what the candidate has read, and not seen. Checks that it is
     * not an "in".
     */
    private long firstOut(Candidate candidate) {
        long first = Commit.NEVER;
        for (Slice key : candidate.reads.keys()) {
            first = Math.min(first, checkedOut(candidate, commits.writersOf(key), key));
        }
        for (KeyRange range : candidate.reads.ranges()) {
            for (Map.Entry<Slice, List<Commit>> written :
                    commits.writersIn(range).entrySet()) {
                first = Math.min(first, checkedOut(candidate, written.getValue(), written.getKey()));
            }
        }
        return first;
    }

    private static long checkedOut(Candidate candidate, List<Commit> writersOfKey, Slice key) {
        long first = Commit.NEVER;
        for (Commit pivot : writersOfKey) {
            if (pivot.sequence() > candidate.view) {
                first = Math.min(first, pivot.sequence());
                long latest = candidate.writes.isEmpty() ? candidate.view : Commit.NEVER - 1;
                if (pivot.firstOut() <= Math.min(latest, pivot.sequence())) {
                    throw notSerializable(key);
                }
            }
        }
        return first;
    }

    /** Throws if a committed transaction has read what the candidate writes, and committed after {@code firstOut}. */
    private void checkIsNoPivot(Candidate candidate, long firstOut) {
        for (WriteBatch.Operation operation : candidate.writes.operations()) {
            Slice key = operation.key();
            for (Commit reader : readers.getOrDefault(key, List.of())) {
                checkIsNoIn(reader, candidate, firstOut, key);
            }
            for (Commit reader : rangeReaders) {
                if (reader.reads() != null && reader.reads().covers(key)) {
                    checkIsNoIn(reader, candidate, firstOut, key);
                }
            }
        }
    }

    private static void checkIsNoIn(Commit reader, Candidate candidate, long firstOut, Slice key) {
        long outCommittedBy = reader.isReadOnly() ? reader.view() : reader.sequence();
        if (reader.sequence() > candidate.view && firstOut <= outCommittedBy) {
            throw notSerializable(key);
        }
    }

    private static TransactionConflictException notSerializable(Slice key) {
        return new TransactionConflictException("what this transaction and others have read and written, " + key
                + " among it, perhaps fits no order of them; run it again");
    }

    /** Enters what was read by the transactions that were admitted since the last one was. */
    private void index() {
        for (Commit one = unindexed.pollFirst(); one != null; one = unindexed.pollFirst()) {
            if (one.reads() != null) {
                for (Slice key : one.reads().keys()) {
                    readers.computeIfAbsent(key, same -> new ArrayList<>(1)).add(one);
                }
                if (!one.reads().ranges().isEmpty()) {
                    rangeReaders.add(one);
                }
            }
        }
    }

    /**
     * Forgets a commit that was admitted, and what it has read: no transaction is concurrent with it any more. Called in
     * the order of {@link #admit}.
     */
    public void forget(Commit commit) {
        if (unindexed.peekFirst() == commit) {
            unindexed.removeFirst();
        } else if (commit.reads() != null) {
            for (Slice key : commit.reads().keys()) {
                List<Commit> list = readers.get(key);
                if (list != null && list.remove(commit) && list.isEmpty()) {
                    readers.remove(key);
                }
            }
            rangeReaders.remove(commit);
        }
    }
}
