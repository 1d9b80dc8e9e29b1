package storagelab.wal;

import java.io.Closeable;
import org.jspecify.annotations.Nullable;
import storagelab.api.Durability;
import storagelab.api.StorageException;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.course.Given;

/**
 * Decides when a log is synced, as its {@link SyncPolicy} says: which commits wait for a sync, which of them share one, and what a
 * timer syncs for the others. {@link SyncPolicy} has a table of what a power cut may take at each level.
 *
 * <p>The committer asks {@link #waits} and {@link #isAlone}, and calls {@link WriteAheadLog#sync} itself. The syncer calls it only
 * for {@link SyncPolicy.Level#INTERVAL}, each time its timer runs.
 *
 * <p>Example: {@code every(100 ms)}. Commits A and B return as soon as they are with the operating system. At 100 ms the timer syncs
 * both. C commits at 120 ms, and the power is cut at 190 ms: C is lost, though it has returned, A and B are not. A SYNCED commit at
 * 195 ms would have waited for a sync, which covers C, too.
 *
 * <p>Example: 1,000 commits of one thread cost 0 syncs with {@code none()}, one for each interval with {@code every}, and 1,000
 * with {@code everyCommit()} and with {@code group()}. With eight threads, {@code group()} costs about 200.
 *
 * <p>Concurrency: safe for many threads.
 */
@Exercise(
        id = "6.2",
        title = "How durable a commit is",
        points = 5,
        difficulty = Difficulty.MEDIUM,
        hours = 3,
        needs = {"6.1"})
public final class LogSyncer implements Closeable {
    private final WriteAheadLog log;
    private final SyncPolicy policy;
    private SyncTimer.@Nullable Started timer; // guarded by this; null if there is none

    /** A syncer whose timer has a thread of its own. */
    @Given
    public LogSyncer(WriteAheadLog log, SyncPolicy policy) {
        this(log, policy, SyncTimer.onThreads());
    }

    /**
     * A syncer of a log. It starts the timer once, with the interval of the policy, if the level is {@link
     * SyncPolicy.Level#INTERVAL}; and no timer at any other level. Nothing is synced yet.
     *
     * <p>Each run of the timer syncs the log. If nothing was appended since the last sync, that costs nothing. If the sync throws a
     * {@link StorageException}, the run returns, and the timer is closed: the log remembers the failure, and the next append throws
     * it. No exception reaches the timer, which would hide it.
     *
     * @param timer is started; it may run its task before this constructor returns
     */
    public LogSyncer(WriteAheadLog log, SyncPolicy policy, SyncTimer timer) {
        this.log = log;
        this.policy = policy;
        if (policy.level() == SyncPolicy.Level.INTERVAL) {
            synchronized (this) {
                this.timer = timer.start(policy.interval(), this::tick);
            }
        }
    }

    private void tick() {
        try {
            log.sync();
        } catch (StorageException e) {
            close(); // the log remembers the failure, and the next append throws it: there is nothing more to sync
        }
    }

    /**
     * Whether a commit that asks for {@code durability} must wait for a sync before it returns: a SYNCED one at every level, a
     * BUFFERED one only where the level promises that no commit is lost, {@link SyncPolicy#isDurable}.
     */
    public boolean waits(Durability durability) {
        return durability == Durability.SYNCED || policy.isDurable();
    }

    /** Whether each commit has a sync that no other commit shares: only at {@link SyncPolicy.Level#EVERY_COMMIT}. */
    public boolean isAlone() {
        return policy.level() == SyncPolicy.Level.EVERY_COMMIT;
    }

    /**
     * Closes the timer, if there is one. The log is neither synced nor closed, and takes records as before. Closing twice does
     * nothing.
     */
    @Override
    public synchronized void close() {
        if (timer != null) {
            timer.close();
            timer = null;
        }
    }
}
