package storagelab.log;

import com.google.common.collect.Lists;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import storagelab.api.Durability;
import storagelab.api.WriteBatch;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.course.Given;

/**
 * Writers in the order in which they came. The first is the <em>leader</em>: it takes those behind it into a group,
 * writes all of their batches as one record of the log, syncs once, and tells them that they are done. While it is at
 * that, the next group gathers. So eight writers that each want a sync share one.
 *
 * <p>This is the heart of the write path. Its other parts are {@link BatchRecord}, which makes a record of a group; {@code
 * WritePath}, which takes it to the log and into the memtable and begins a new memtable when that is full; and {@code
 * LsmTree}, which writes the full one out as a table.
 *
 * <p><b>A group</b> is its leader and those behind it, one after the other, up to the first that may not be in it; nobody is
 * passed over. Not in it may be
 *
 * <ol>
 *   <li>a SYNCED write if the leader is BUFFERED: it would not be synced. The reverse is fine: who rides with a SYNCED leader is
 *       synced, too;
 *   <li>a write with which the group had more bytes ({@link #userBytes}) than it may have: 1 MiB, but if the leader has no more
 *       than 128 KiB then 128 KiB more than the leader, so that a small write does not wait for the writing of large ones. The
 *       leader itself may be of any size;
 *   <li>a task that runs {@linkplain #alone alone}. Its own group is the task and nobody else.
 * </ol>
 *
 * <p>A group is made when its leader's turn comes, of those who are there then. Who comes while it is written waits: the
 * committer is called without any lock that a writer needs to queue up. There is never more than one group at work, and they
 * are at work in the order in which their writers came.
 *
 * <p>Example: A comes, finds nobody, and leads a group of one. While A syncs, B, C and D come. B then leads B, C, D: two syncs
 * for four writes.
 *
 * <p>Example: A is being written, and behind it come B (BUFFERED), C (SYNCED), D (BUFFERED), then the task E, then F and G
 * (both BUFFERED). The groups are B; C and D, synced; E; F and G.
 *
 * <p><b>Failure</b>: what the committer throws is thrown by the writes of all of its group. If it is an {@link Error}, the leader
 * throws it, and the others an {@link IllegalStateException} whose cause it is. The next group is not concerned.
 *
 * <p>Interrupts end no waiting; the thread is interrupted afterwards as it was.
 *
 * <p>Cost: a writer who has to wait sleeps. If all of them wake up whenever a group is done, that costs more than the writing when
 * there are many.
 *
 * <p>Concurrency: safe for many threads. Source: LevelDB, {@code DBImpl::Write} and {@code BuildBatchGroup}.
 */
@Exercise(
        id = "5.7",
        title = "The write path: groups, a log, a memtable, a flush",
        points = 9,
        difficulty = Difficulty.HARD,
        hours = 6,
        needs = {"3.7", "5.2", "5.3", "5.5", "5.6"})
public final class CommitQueue {
    private static final long GROUP_BYTES_MAX = 1 << 20;
    private static final long SMALL_BYTES = 128 << 10;

    /** A write that waits for its turn, or for somebody to do it. */
    private static final class Waiting {
        private final WriteBatch batch;
        private final Durability durability;
        private final long bytes;
        private final boolean alone;
        private @Nullable Condition turn; // made when it has to wait
        private boolean done;
        private @Nullable RuntimeException failure;

        private Waiting(WriteBatch batch, Durability durability, boolean alone) {
            this.batch = batch;
            this.durability = durability;
            this.bytes = userBytes(batch);
            this.alone = alone;
        }

        private void wake() {
            if (turn != null) {
                turn.signal();
            }
        }

        private WriteBatch batch() {
            return batch;
        }
    }

    /** Writes the batches of a group. */
    public interface Committer {
        /**
         * Called by one thread at a time.
         *
         * @param batches of the group, in the order in which they came
         * @param synced whether they have to be on the disk when this returns
         */
        void commit(List<WriteBatch> batches, boolean synced);
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Waiting> waiting = new ArrayDeque<>(); // the first one leads

    /** A queue in which nobody waits. */
    @Given
    public CommitQueue() {}

    /** Key and value bytes of a batch. */
    @Given
    public static long userBytes(WriteBatch batch) {
        long bytes = 0;
        for (WriteBatch.Operation operation : batch.operations()) {
            bytes += operation.key().length();
            bytes += operation instanceof WriteBatch.Put put ? put.value().length() : 0;
        }
        return bytes;
    }

    /**
     * Returns when the batch was written: by this thread, which then calls {@code committer} for its whole group, or by the
     * leader of another group, which calls its own.
     */
    public void write(WriteBatch batch, Durability durability, Committer committer) {
        List<Waiting> group = awaitTurn(new Waiting(batch, durability, false));
        if (!group.isEmpty()) {
            List<WriteBatch> batches = group.size() == 1 ? List.of(batch) : Lists.transform(group, Waiting::batch);
            lead(group, () -> committer.commit(batches, durability == Durability.SYNCED));
        }
    }

    /** Runs {@code task} on this thread when all who came before are done, and before anybody who comes later. */
    public void alone(Runnable task) {
        lead(awaitTurn(new Waiting(new WriteBatch(), Durability.BUFFERED, true)), task);
    }

    /** The group that {@code mine} leads; none if somebody else has written it. */
    private List<Waiting> awaitTurn(Waiting mine) {
        lock.lock();
        try {
            waiting.addLast(mine);
            while (!mine.done && waiting.peekFirst() != mine) {
                if (mine.turn == null) {
                    mine.turn = lock.newCondition();
                }
                mine.turn.awaitUninterruptibly();
            }
            if (mine.done) {
                throwIfFailed(mine);
                return List.of();
            }
            return group(mine);
        } finally {
            lock.unlock();
        }
    }

    private void lead(List<Waiting> group, Runnable task) {
        RuntimeException failure = null;
        try {
            task.run();
        } catch (RuntimeException e) {
            failure = e;
            throw e;
        } catch (Error e) {
            failure = new IllegalStateException("the write that this one was to go with has failed", e);
            throw e;
        } finally {
            finish(group, failure);
        }
    }

    private List<Waiting> group(Waiting leader) {
        long bytesMax = leader.bytes <= SMALL_BYTES ? leader.bytes + SMALL_BYTES : GROUP_BYTES_MAX;
        List<Waiting> group = new ArrayList<>();
        long bytes = 0;
        for (Waiting next : waiting) {
            boolean needsMore = next.durability == Durability.SYNCED && leader.durability != Durability.SYNCED;
            boolean apart = leader.alone || next.alone;
            if (!group.isEmpty() && (apart || needsMore || bytes + next.bytes > bytesMax)) {
                break;
            }
            group.add(next);
            bytes += next.bytes;
        }
        return group;
    }

    private void finish(List<Waiting> group, @Nullable RuntimeException failure) {
        lock.lock();
        try {
            for (Waiting member : group) {
                waiting.removeFirst();
                member.done = true;
                member.failure = failure;
                member.wake();
            }
            Waiting next = waiting.peekFirst();
            if (next != null) {
                next.wake();
            }
        } finally {
            lock.unlock();
        }
    }

    private static void throwIfFailed(Waiting member) {
        if (member.failure != null) {
            throw member.failure;
        }
    }
}
