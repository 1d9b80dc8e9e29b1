package storagelab.wal;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import java.io.Closeable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import storagelab.api.Durability;
import storagelab.api.StorageException;

/**
 * Syncs a log as its {@link SyncPolicy} says.
 *
 * <p>A timer syncs the log of {@link SyncPolicy.Level#INTERVAL}: the next sync begins an interval after the last one has
 * ended, and nothing is synced if nothing was appended. When a sync fails, the log takes no more records, so that the next commit
 * throws.
 *
 * <p>Concurrency: safe for many threads.
 */
public final class LogSyncer implements Closeable {
    private final WriteAheadLog log;
    private final SyncPolicy policy;
    private final @Nullable ScheduledExecutorService ownTimer;
    private final @Nullable ScheduledFuture<?> ticks;

    /** A syncer with a timer of its own, if the policy needs one. */
    public LogSyncer(WriteAheadLog log, SyncPolicy policy) {
        this(log, policy, policy.level() == SyncPolicy.Level.INTERVAL ? newTimer() : null, true);
    }

    /** A syncer that is woken by {@code timer}, which it does not shut down. */
    LogSyncer(WriteAheadLog log, SyncPolicy policy, ScheduledExecutorService timer) {
        this(log, policy, timer, false);
    }

    private LogSyncer(
            WriteAheadLog log, SyncPolicy policy, @Nullable ScheduledExecutorService timer, boolean isOwnTimer) {
        this.log = log;
        this.policy = policy;
        this.ownTimer = isOwnTimer ? timer : null;
        long nanos = policy.interval().toNanos();
        this.ticks = timer == null || policy.level() != SyncPolicy.Level.INTERVAL
                ? null
                : timer.scheduleWithFixedDelay(this::tick, nanos, nanos, TimeUnit.NANOSECONDS);
    }

    private static ScheduledExecutorService newTimer() {
        return Executors.newSingleThreadScheduledExecutor(new ThreadFactoryBuilder()
                .setDaemon(true)
                .setNameFormat("log-sync")
                .build());
    }

    private void tick() {
        try {
            log.sync();
        } catch (StorageException e) {
            // The log remembers the failure: the next append throws it. There is nothing more to sync.
            ScheduledFuture<?> mine = ticks;
            if (mine != null) {
                mine.cancel(false);
            }
        }
    }

    /** Whether a commit that asks for {@code durability} has to wait for a sync. */
    public boolean waits(Durability durability) {
        return durability == Durability.SYNCED || policy.isDurable();
    }

    /** Whether each commit has to have a sync that no other commit shares. */
    public boolean isAlone() {
        return policy.level() == SyncPolicy.Level.EVERY_COMMIT;
    }

    /** Ends the timer. Does not close the log. */
    @Override
    public void close() {
        if (ticks != null) {
            ticks.cancel(false);
        }
        if (ownTimer != null) {
            ownTimer.shutdown();
        }
    }
}
