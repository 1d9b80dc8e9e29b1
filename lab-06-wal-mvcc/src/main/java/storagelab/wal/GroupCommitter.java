package storagelab.wal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import storagelab.api.Durability;
import storagelab.api.StoreClosedException;
import storagelab.api.StoreFailedException;
import storagelab.api.WriteBatch;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.file.StatsRecorder;
import storagelab.log.CommitQueue;

/**
 * Takes commits through two stages, group by group:
 *
 * <ol>
 *   <li><b>Log.</b> The commit that has waited longest is the <em>leader</em> of a group: it takes the commits that wait after
 *       it, in their order, gives all operations their sequences, and appends them to the log as one record. If at least one
 *       commit of the group must be durable ({@link LogSyncer#waits}), the leader then syncs the log: one sync for the whole
 *       group. Commits that come meanwhile wait; they are the next group.
 *   <li><b>Publish.</b> The batches of the group are given to the publisher, in their order. Groups are published in the order in
 *       which they were appended: a group waits here until the one before it is published. Then all commits of the group return.
 * </ol>
 *
 * <p>So no commit is visible that a power cut may take while it waits for its sync; and a reader that sees a commit sees
 * everything before it.
 *
 * <p><b>The next group</b> goes to the log
 *
 * <ul>
 *   <li>while this group is published, if this group was not synced: appending and publishing are about as much work, and two
 *       threads share it;
 *   <li>when this group is published and its commits have been woken, if it was synced. A sync takes longer than publishing. So
 *       it pays to wait: the writers of this group have time to commit again, and the next sync is theirs, too.
 * </ul>
 *
 * <p><b>Who publishes.</b> The leader publishes its group. A leader that has to wait for the group before its own may fall
 * asleep, and to wake it takes longer than to publish. So the thread that has just published its own group goes on with the next
 * ones as long as their leaders sleep ({@link Turn#isAwake}). It takes only groups that the log had taken when its own was
 * published; then it calls the leader of the next one. So nobody works for others for ever.
 *
 * <p><b>A group</b> is made when its leader's turn comes, of the commits that wait then. It ends before the first commit with
 * which it would have more bytes of keys and values than it may have: 1 MiB, or if its leader has at most 128 KiB, 128 KiB more
 * than the leader. So a small commit does not wait until large ones are written. No commit is passed over, and a leader may be of
 * any size. If {@link LogSyncer#isAlone}, every group is one commit.
 *
 * <p>Example: A commits. While A's sync runs, B, C, D and E come and wait. When the sync has ended, A is published, and B leads B,
 * C, D and E: one record and one sync. Then they are published, in this order: two syncs for five commits.
 *
 * <p><b>Sequences</b> are consecutive: the first operation of a group has the one after {@link WriteAheadLog#lastSequence}. A
 * group without operations appends nothing.
 *
 * <p><b>Admission</b> is asked for each commit when its group is appended, in the order of the log. A commit that is refused gets
 * no sequences, is not appended and not published; what its admission threw is thrown by this commit alone.
 *
 * <p><b>Failure</b>: what the log or the publisher throws is thrown by all commits of the group. Whether they are in the log is
 * unknown, so nothing may follow them: commits that come later, and those that are appended after them, throw {@link
 * StoreFailedException} and are not published. An {@link Error} is thrown by the leader; the others of its group throw an {@link
 * IllegalStateException} whose cause it is.
 *
 * <p>Interrupts: they end no waiting, and the thread is still interrupted afterwards.
 *
 * <p>Cost: a commit waits for the group before its own and for its own group. A thread that has to wait does so at its own {@link
 * Turn}. It is called only when it is its turn to lead or to publish, or when its group is done: with many writers, waking all of
 * them for every group costs more than the commits. A commit that waits for a sync sleeps at once, since a sync takes long. Any
 * other wait is short, and the thread stays awake for some microseconds before it sleeps.
 *
 * <p>Concurrency: safe for many threads. Source: LevelDB, {@code DBImpl::BuildBatchGroup}; RocksDB, pipelined writes.
 */
@Exercise(
        id = "6.3",
        title = "Group commit in two stages",
        points = 9,
        difficulty = Difficulty.HARD,
        hours = 8,
        needs = {"5.7", "6.1", "6.2"})
public final class GroupCommitter implements Committer {
    private static final long GROUP_BYTES_MAX = 1 << 20;
    private static final long SMALL_BYTES = 128 << 10;

    private final WriteAheadLog log;
    private final LogSyncer syncer;
    private final Publisher publisher;
    private final StatsRecorder stats;

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Commit> waiting = new ArrayDeque<>(); // in no group; guarded by the lock
    private final Deque<Group> logged = new ArrayDeque<>(); // not published, in their order; guarded by the lock
    private final Condition idle = lock.newCondition(); // no commit is under way
    private boolean isLogging; // a group is in the first stage; guarded by the lock
    private boolean isPublishing; // a group is being published; guarded by the lock
    private boolean isStopped; // guarded by the lock
    private volatile @Nullable Throwable failure; // of the first group that failed; written by who publishes

    /** Makes batches visible. */
    public interface Publisher {
        /**
         * Applies a batch whose first operation has {@code sequence}. Called by one thread at a time, with ascending sequences,
         * and not for a batch without operations.
         */
        void publish(long sequence, WriteBatch batch);
    }

    /** A commit, until it has returned. */
    private static final class Commit {
        private final WriteBatch batch;
        private final boolean waits; // for a sync
        private final Admission admission;
        private final long bytes;
        private final Turn turn = new Turn();
        private volatile @Nullable Group group;
        private long lastSequence;
        private @Nullable RuntimeException refusal;

        private Commit(WriteBatch batch, boolean waits, Admission admission) {
            this.batch = batch;
            this.waits = waits;
            this.admission = admission;
            this.bytes = CommitQueue.userBytes(batch);
        }
    }

    /** Commits that are one record. */
    private static final class Group {
        private final List<Commit> commits = new ArrayList<>(1);
        private boolean waits; // for a sync
        private long sequence; // of the first operation
        private @Nullable Throwable failure;
        private volatile boolean done; // written last

        private Commit leader() {
            return commits.get(0);
        }
    }

    /**
     * Commits that go to {@code log}, are synced as {@code syncer} says, and are published by {@code publisher}.
     *
     * @param stats counts each group in {@link WalMetrics#GROUPS} when it is appended, and its commits in {@link
     *     WalMetrics#COMMITS}
     */
    public GroupCommitter(WriteAheadLog log, LogSyncer syncer, Publisher publisher, StatsRecorder stats) {
        this.log = log;
        this.syncer = syncer;
        this.publisher = publisher;
        this.stats = stats;
    }

    @Override
    public long commit(WriteBatch batch, Durability durability, Admission admission) {
        Commit mine = new Commit(batch, syncer.waits(durability), admission);
        Group group = join(mine);
        if (group.leader() == mine) {
            lead(group);
            if (group.failure instanceof Error error) {
                throw error;
            }
        }
        rethrow(mine.refusal);
        rethrow(group.failure);
        return mine.lastSequence;
    }

    /**
     * The group of {@code mine}, when it is its turn to lead it, or when another commit has led it to its end.
     */
    private Group join(Commit mine) {
        enqueue(mine);
        while (true) {
            Group group = mine.group;
            if (group == null) {
                group = groupToLead(mine);
                if (group != null) {
                    return group;
                }
            } else if (group.done) {
                return group;
            }
            mine.turn.await(!mine.waits);
        }
    }

    private void enqueue(Commit mine) {
        lock.lock();
        try {
            checkUsable();
            waiting.addLast(mine);
        } finally {
            lock.unlock();
        }
    }

    /** The next group, if it is the turn of {@code mine} to lead it; null if not. */
    private @Nullable Group groupToLead(Commit mine) {
        lock.lock();
        try {
            if (isLogging || waiting.peekFirst() != mine) {
                return null;
            }
            isLogging = true;
            return newGroup();
        } finally {
            lock.unlock();
        }
    }

    /** The commits that wait, from the first one on, up to the limits of a group. */
    private Group newGroup() {
        Group group = new Group();
        long bytes = 0;
        long bytesMax = 0;
        for (Commit next = waiting.peekFirst(); next != null; next = waiting.peekFirst()) {
            if (group.commits.isEmpty()) {
                bytesMax = next.bytes <= SMALL_BYTES ? next.bytes + SMALL_BYTES : GROUP_BYTES_MAX;
            } else if (syncer.isAlone() || bytes + next.bytes > bytesMax) {
                break;
            }
            bytes += next.bytes;
            next.group = group;
            group.waits |= next.waits;
            group.commits.add(waiting.removeFirst());
        }
        return group;
    }

    private void lead(Group group) {
        attempt(group, this::append);
        if (group.waits) {
            attempt(group, unused -> log.sync());
        }
        if (isMineToPublish(group)) {
            publishFrom(group);
        }
    }

    /** Takes a group through one stage, unless it has failed before. */
    private static void attempt(Group group, Consumer<Group> stage) {
        try {
            if (group.failure == null) {
                stage.accept(group);
            }
        } catch (RuntimeException | Error e) {
            group.failure = e;
        }
    }

    /** Appends the record of a group. */
    private void append(Group group) {
        long next = log.lastSequence() + 1;
        group.sequence = next;
        List<WriteBatch> batches = new ArrayList<>(group.commits.size());
        for (Commit commit : group.commits) {
            long after = next + commit.batch.operations().size();
            if (isAdmitted(commit, after - 1)) {
                batches.add(commit.batch);
                next = after;
                commit.lastSequence = next - 1;
            }
        }
        if (next > group.sequence) {
            log.append(group.sequence, batches, group.waits);
        }
        stats.increment(WalMetrics.GROUPS);
        stats.add(WalMetrics.COMMITS, group.commits.size());
    }

    private static boolean isAdmitted(Commit commit, long lastSequence) {
        try {
            commit.admission.admit(lastSequence);
            return true;
        } catch (RuntimeException e) {
            commit.refusal = e;
            return false;
        }
    }

    /**
     * Lets the next group go to the log if this one was not synced, and waits until all groups before this one are published.
     * Returns whether this thread is to publish this one now; if not, another thread has done it.
     */
    private boolean isMineToPublish(Group group) {
        call(logged(group));
        while (!group.done && !isFirstToPublish(group)) {
            group.leader().turn.await(true);
        }
        return !group.done;
    }

    /** Notes that the log has a group; returns which commit can lead the next one, if there is one. */
    private @Nullable Commit logged(Group group) {
        lock.lock();
        try {
            logged.addLast(group);
            return group.waits ? null : nextLeader();
        } finally {
            lock.unlock();
        }
    }

    /** Lets the next group go to the log; returns which commit can lead it, if one waits. The caller holds the lock. */
    private @Nullable Commit nextLeader() {
        isLogging = false;
        return waiting.peekFirst();
    }

    /** Calls a commit, if there is one. The caller does not hold the lock, which the other thread will want. */
    private static void call(@Nullable Commit commit) {
        if (commit != null) {
            commit.turn.call();
        }
    }

    /** Whether a group is the next to be published, and no thread publishes; this thread does from here on. */
    private boolean isFirstToPublish(Group group) {
        lock.lock();
        try {
            if (isPublishing || logged.peekFirst() != group) {
                return false;
            }
            isPublishing = true;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Publishes the group of this thread, and then groups whose leaders sleep, but none that the log takes from now on. */
    private void publishFrom(Group own) {
        int left = publishOne(own);
        for (Group next = nextOfASleeper(left); next != null; next = nextOfASleeper(left)) {
            int unused = publishOne(next);
            left--;
        }
    }

    /** Publishes the first of the groups that the log has taken; returns how many there are after it. */
    private int publishOne(Group group) {
        attempt(group, this::publish);
        return finish(group);
    }

    /** Publishes a group, unless one before it has failed. */
    private void publish(Group group) {
        Throwable earlier = failure;
        if (earlier != null) {
            throw new StoreFailedException("the store", earlier);
        }
        for (Commit commit : group.commits) {
            int operations = commit.batch.operations().size();
            if (operations > 0 && commit.refusal == null) {
                publisher.publish(commit.lastSequence - operations + 1, commit.batch);
            }
        }
    }

    /** Lets the commits of a group return, and the next group go to the log; returns how many groups are to be published. */
    private int finish(Group group) {
        int left;
        Commit next;
        lock.lock();
        try {
            failure = failure == null ? group.failure : failure;
            logged.removeFirst();
            group.done = true;
            left = logged.size();
            next = group.waits ? nextLeader() : null;
        } finally {
            lock.unlock();
        }
        group.commits.forEach(GroupCommitter::call);
        call(next); // last: the commits that were called first may come again before the next group is made
        return left;
    }

    /**
     * The next group to be published, if its leader sleeps and {@code left} is more than 0. Otherwise this thread has done its
     * work: the leader of the next group is called, and there is no result.
     */
    private @Nullable Group nextOfASleeper(int left) {
        Group next;
        lock.lock();
        try {
            next = logged.peekFirst();
            if (next != null && left > 0 && !next.leader().turn.isAwake()) {
                return next;
            }
            isPublishing = false;
            if (isIdle()) {
                idle.signalAll();
            }
        } finally {
            lock.unlock();
        }
        call(next == null ? null : next.leader());
        return null;
    }

    private boolean isIdle() {
        return waiting.isEmpty() && logged.isEmpty() && !isLogging && !isPublishing;
    }

    /**
     * Takes no more commits, and returns when those that have begun are published or have failed. Later commits throw {@link
     * StoreClosedException}. Calling it twice does nothing more.
     */
    public void stop() {
        lock.lock();
        try {
            isStopped = true;
            while (!isIdle()) {
                idle.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /** How many commits wait to be appended: those of the group that the log is taking do not count. */
    public int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /** Whether a commit has failed: no more are taken. */
    public boolean hasFailed() {
        return failure != null;
    }

    /** Throws if no commit is taken any more. */
    private void checkUsable() {
        if (isStopped) {
            throw new StoreClosedException("the store");
        }
        if (failure != null) {
            throw new StoreFailedException("the store", failure);
        }
    }

    private static void rethrow(@Nullable Throwable failure) {
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure != null) {
            throw new IllegalStateException("the commit that led this one has failed", failure);
        }
    }
}
