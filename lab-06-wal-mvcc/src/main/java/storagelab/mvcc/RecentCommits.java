package storagelab.mvcc;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.TransactionConflictException;
import storagelab.api.WriteBatch;
import storagelab.course.ExercisePart;

/**
 * The commits that a transaction that runs may be concurrent with: those that came after the watermark.
 *
 * <p>Two transactions are <em>concurrent</em> if each began before the other committed. A transaction whose view reads at
 * s began before a commit with sequence c if s is less than c.
 *
 * <p>Example: commits at 6 (writes a), 8 (writes a and b) and 9 (writes c). A transaction that reads at 7 and writes b is
 * refused: the commit at 8 came after its view. If it writes c and d it is refused, too. If it reads at 8 it may write a
 * and b, but not c.
 *
 * <p>Cost: to check, O(log n) for each key written, with n keys that recent commits have written. To add and to forget:
 * O(log n) for each key of that commit.
 *
 * <p>Concurrency: one thread at a time: the one that appends to the log.
 */
@ExercisePart("6.8")
public final class RecentCommits {
    private final Deque<Commit> commits = new ArrayDeque<>(); // ascending

    /** The newest of them, whose writes no check has asked for yet. */
    private final Deque<Commit> unindexed = new ArrayDeque<>();

    private final NavigableMap<Slice, List<Commit>> writers = new TreeMap<>(); // newest last

    /** Adds a commit. Sequences never descend; a commit without writes has the sequence of an earlier one. */
    public void add(Commit commit) {
        commits.addLast(commit);
        unindexed.addLast(commit);
    }

    /**
     * The first committer wins: checks that no commit after {@code view} has written a key of {@code writes}.
     *
     * @throws TransactionConflictException if one has; the message has the key
     */
    public void checkFirst(long view, WriteBatch writes) {
        for (WriteBatch.Operation operation : writes.operations()) {
            List<Commit> others = writersOf(operation.key());
            if (!others.isEmpty() && others.get(others.size() - 1).sequence() > view) {
                throw new TransactionConflictException("another transaction has written " + operation.key()
                        + " and committed since this one began; run it again");
            }
        }
    }

    /** The commits that have written a key, in the order in which they were added. */
    public List<Commit> writersOf(Slice key) {
        index();
        return writers.getOrDefault(key, List.of());
    }

    /** The keys in a range that commits have written, each with these commits in the order in which they were added. */
    public NavigableMap<Slice, List<Commit>> writersIn(KeyRange range) {
        index();
        Slice to = range.to();
        return Collections.unmodifiableNavigableMap(
                to == null ? writers.tailMap(range.from(), true) : writers.subMap(range.from(), true, to, false));
    }

    /**
     * Enters the writes of the commits since the last check: without checks, as in a store without transactions, there
     * are none.
     */
    private void index() {
        for (Commit commit = unindexed.pollFirst(); commit != null; commit = unindexed.pollFirst()) {
            for (WriteBatch.Operation operation : commit.writes().operations()) {
                writers.computeIfAbsent(operation.key(), key -> new ArrayList<>(1))
                        .add(commit);
            }
        }
    }

    /**
     * Forgets the commits at {@code watermark} or before: every transaction that runs, and every later one, sees them.
     *
     * @param forgotten is told each commit that is forgotten and that was serializable ({@link Commit#reads} is not
     *     null), once
     */
    public void forget(long watermark, Consumer<Commit> forgotten) {
        for (Commit oldest = commits.peekFirst();
                oldest != null && oldest.sequence() <= watermark;
                oldest = commits.peekFirst()) {
            commits.removeFirst();
            if (unindexed.peekFirst() == oldest) {
                unindexed.removeFirst();
            } else {
                for (WriteBatch.Operation operation : oldest.writes().operations()) {
                    forget(oldest, operation.key());
                }
            }
            if (oldest.reads() != null) {
                forgotten.accept(oldest);
            }
        }
    }

    private void forget(Commit commit, Slice key) {
        List<Commit> list = writers.get(key);
        if (list != null && list.remove(commit) && list.isEmpty()) {
            writers.remove(key);
        }
    }
}
