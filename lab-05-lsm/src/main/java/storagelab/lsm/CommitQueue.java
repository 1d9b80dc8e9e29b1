package storagelab.lsm;

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

/**
 * Writers in the order in which they came. The first is the <em>leader</em>: it takes those behind it into a group,
 * writes all of their batches as one record of the log, syncs once, and tells them that they are done. While it is at
 * that, the next group gathers. So eight writers that each want a sync share one.
 *
 * <p>A group has a megabyte at the most, and 128 KiB more than its leader if that is small, so that a small write does
 * not have to wait for the writing of large ones. A SYNCED write never follows a leader that is not: it would not be
 * synced.
 *
 * <p>Example: A comes and leads a group of one. While A syncs, B, C and D come. B then leads B, C, D: two syncs for
 * four writes.
 *
 * <p>Concurrency: safe for many threads. Source: LevelDB, {@code DBImpl::Write} and {@code BuildBatchGroup}.
 */
final class CommitQueue {
    private static final long GROUP_BYTES_MAX = 1 << 20;
    private static final long SMALL_BYTES = 128 << 10;

    /** A write that waits for its turn, or for somebody to do it. */
    static final class Waiting {
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

        WriteBatch batch() {
            return batch;
        }
    }

    /** Writes the batches of a group. */
    interface Committer {
        /** Called by one thread at a time. */
        void commit(List<WriteBatch> batches, boolean synced);
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Waiting> waiting = new ArrayDeque<>(); // the first one leads

    /** Key and value bytes of a batch. */
    static long userBytes(WriteBatch batch) {
        long bytes = 0;
        for (WriteBatch.Operation operation : batch.operations()) {
            bytes += operation.key().length();
            bytes += operation instanceof WriteBatch.Put put ? put.value().length() : 0;
        }
        return bytes;
    }

    /** Returns when the batch was written, by this thread or by another one; throws what its group has failed with. */
    void write(WriteBatch batch, Durability durability, Committer committer) {
        List<Waiting> group = awaitTurn(new Waiting(batch, durability, false));
        if (!group.isEmpty()) {
            List<WriteBatch> batches = group.size() == 1 ? List.of(batch) : Lists.transform(group, Waiting::batch);
            lead(group, () -> committer.commit(batches, durability == Durability.SYNCED));
        }
    }

    /** Runs {@code task} when all who came before are done, and before anybody who comes later. */
    void alone(Runnable task) {
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
