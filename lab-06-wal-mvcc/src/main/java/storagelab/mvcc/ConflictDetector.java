package storagelab.mvcc;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import storagelab.api.Isolation;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.TransactionConflictException;
import storagelab.api.WriteBatch;

/**
 * Decides which transactions may commit.
 *
 * <p><b>Two transactions are concurrent</b> if each began before the other committed. Only concurrent ones are in conflict.
 *
 * <p><b>Snapshot isolation</b>: the first committer wins. A transaction must not commit if another one that is concurrent has
 * committed a write of a key that it writes.
 *
 * <p><b>Serializable</b>: besides, no transaction may be left in the middle of two conflicts. Say {@code R → W} if R has read a
 * key or a range, W has written a key of it, the two are concurrent, and R has not seen the write: in any order of the two, R
 * comes before W. Every result that no order explains has a part {@code in → pivot → out}, in which {@code out} committed
 * first (in and out may be the same). So a commit fails that would complete such a part:
 *
 * <table>
 * <caption>The committing transaction is X</caption>
 * <tr><th>X is</th><th>what is there</th></tr>
 * <tr><td>in</td><td>X → P, and P, which is committed, had a conflict P → O with O committed before P</td></tr>
 * <tr><td>pivot</td><td>X → O with O committed, and R → X with R committed after O</td></tr>
 * <tr><td>out</td><td>it commits first, so nothing is wrong yet: in or pivot will find X</td></tr>
 * </table>
 *
 * <p>If {@code in} has written nothing, the part does harm only if {@code out} was committed when {@code in} began.
 *
 * <p>Example: x + y must not be negative, both are 10. A reads both and writes x = -5, B reads both and writes y = -5. A
 * commits: A → B cannot be known yet. B commits: B → A, since B has read x, and A → B, since A has read y: B is the pivot, A is
 * both in and out, and B fails.
 *
 * <p>Failing is right but not always needed: a transaction may fail although some order would explain the result, since this
 * looks at two conflicts and not for a whole circle.
 *
 * <p>What committed at or below the watermark is concurrent with no transaction and forgotten.
 *
 * <p>Cost: a write O(1) while no transaction checks; to check, O(log n) for each key read or written, with n keys that were
 * committed by concurrent transactions, and for a range the number of those keys in it.
 *
 * <p>Concurrency: one thread at a time: the one that appends to the log. Source: Cahill, Röhm, Fekete, <i>Serializable
 * Isolation for Snapshot Databases</i>, SIGMOD 2008; PostgreSQL, {@code README-SSI}.
 */
public final class ConflictDetector {
    private static final long NEVER = Long.MAX_VALUE;

    private final Deque<Committed> committed = new ArrayDeque<>(); // ascending
    private final Deque<Committed> unindexed = new ArrayDeque<>(); // the newest of them
    private final NavigableMap<Slice, List<Committed>> writers = new TreeMap<>(); // newest last
    private final Map<Slice, List<Committed>> readers = new HashMap<>();
    private final List<Committed> rangeReaders = new ArrayList<>();

    /** A transaction that has committed, or a write outside of one. */
    private static final class Committed {
        private final long sequence; // of its last operation; for one without, of the last one before its commit
        private final WriteBatch writes;
        private final @Nullable ReadSet reads; // null unless it is serializable
        private final long view;
        private final long firstOut; // when the first transaction committed with which it has a conflict this → other

        private Committed(long sequence, WriteBatch writes, @Nullable ReadSet reads, long view, long firstOut) {
            this.sequence = sequence;
            this.writes = writes;
            this.reads = reads;
            this.view = view;
            this.firstOut = firstOut;
        }

        private boolean isReadOnly() {
            return writes.isEmpty();
        }
    }

    /**
     * A transaction that is about to commit.
     *
     * @param view the sequence at which it reads
     * @param isolation what it may notice
     * @param reads what it has read, if it is serializable
     * @param writes what it writes
     */
    record Candidate(long view, Isolation isolation, ReadSet reads, WriteBatch writes) {}

    /** Remembers a write outside of a transaction. It conflicts with nothing, but others with it. */
    void add(long lastSequence, WriteBatch writes) {
        remember(new Committed(lastSequence, writes, null, lastSequence, NEVER));
    }

    /**
     * Lets a transaction commit, and remembers it.
     *
     * @param lastSequence of its operations; without any, of the last operation before
     * @throws TransactionConflictException if it must not commit; it is not remembered then
     */
    void admit(Candidate candidate, long lastSequence) {
        index();
        for (WriteBatch.Operation operation : candidate.writes.operations()) {
            List<Committed> others = writers.getOrDefault(operation.key(), List.of());
            if (!others.isEmpty() && others.get(others.size() - 1).sequence > candidate.view) {
                throw new TransactionConflictException("another transaction has written " + operation.key()
                        + " and committed since this one began; run it again");
            }
        }
        boolean isSerializable = candidate.isolation == Isolation.SERIALIZABLE;
        long firstOut = isSerializable ? firstOut(candidate) : NEVER;
        if (firstOut != NEVER && !candidate.writes.isEmpty()) {
            checkIsNoPivot(candidate, firstOut);
        }
        remember(new Committed(
                lastSequence, candidate.writes, isSerializable ? candidate.reads : null, candidate.view, firstOut));
    }

    /** When the first transaction committed that has written what the candidate has read, and not seen. Checks that it is no "in". */
    private long firstOut(Candidate candidate) {
        long first = NEVER;
        for (Slice key : candidate.reads.keys()) {
            first = Math.min(first, checkedOut(candidate, writers.getOrDefault(key, List.of()), key));
        }
        for (KeyRange range : candidate.reads.ranges()) {
            Slice to = range.to();
            NavigableMap<Slice, List<Committed>> part =
                    to == null ? writers.tailMap(range.from(), true) : writers.subMap(range.from(), true, to, false);
            for (Map.Entry<Slice, List<Committed>> written : part.entrySet()) {
                first = Math.min(first, checkedOut(candidate, written.getValue(), written.getKey()));
            }
        }
        return first;
    }

    private static long checkedOut(Candidate candidate, List<Committed> writersOfKey, Slice key) {
        long first = NEVER;
        for (Committed pivot : writersOfKey) {
            if (pivot.sequence > candidate.view) {
                first = Math.min(first, pivot.sequence);
                long latest = candidate.writes.isEmpty() ? candidate.view : NEVER - 1;
                if (pivot.firstOut <= Math.min(latest, pivot.sequence)) {
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
            for (Committed reader : readers.getOrDefault(key, List.of())) {
                checkIsNoIn(reader, candidate, firstOut, key);
            }
            for (Committed reader : rangeReaders) {
                if (reader.reads != null && reader.reads.covers(key)) {
                    checkIsNoIn(reader, candidate, firstOut, key);
                }
            }
        }
    }

    private static void checkIsNoIn(Committed reader, Candidate candidate, long firstOut, Slice key) {
        long outCommittedBy = reader.isReadOnly() ? reader.view : reader.sequence;
        if (reader.sequence > candidate.view && firstOut <= outCommittedBy) {
            throw notSerializable(key);
        }
    }

    private static TransactionConflictException notSerializable(Slice key) {
        return new TransactionConflictException("what this transaction and others have read and written, " + key
                + " among it, perhaps fits no order of them; run it again");
    }

    private void remember(Committed one) {
        committed.addLast(one);
        unindexed.addLast(one);
    }

    /** Enters what was committed since the last check. */
    private void index() {
        for (Committed one = unindexed.pollFirst(); one != null; one = unindexed.pollFirst()) {
            for (WriteBatch.Operation operation : one.writes.operations()) {
                writers.computeIfAbsent(operation.key(), key -> new ArrayList<>(1))
                        .add(one);
            }
            if (one.reads != null) {
                for (Slice key : one.reads.keys()) {
                    readers.computeIfAbsent(key, same -> new ArrayList<>(1)).add(one);
                }
                if (!one.reads.ranges().isEmpty()) {
                    rangeReaders.add(one);
                }
            }
        }
    }

    /** Forgets what committed at {@code watermark} or before: every transaction that runs began after it. */
    void forget(long watermark) {
        for (Committed oldest = committed.peekFirst();
                oldest != null && oldest.sequence <= watermark;
                oldest = committed.peekFirst()) {
            committed.removeFirst();
            if (unindexed.peekFirst() == oldest) {
                unindexed.removeFirst();
                continue;
            }
            for (WriteBatch.Operation operation : oldest.writes.operations()) {
                remove(writers, operation.key(), oldest);
            }
            if (oldest.reads != null) {
                for (Slice key : oldest.reads.keys()) {
                    remove(readers, key, oldest);
                }
                rangeReaders.remove(oldest);
            }
        }
    }

    private static void remove(Map<Slice, List<Committed>> lists, Slice key, Committed one) {
        List<Committed> list = lists.get(key);
        if (list != null && list.remove(one) && list.isEmpty()) {
            lists.remove(key);
        }
    }
}
