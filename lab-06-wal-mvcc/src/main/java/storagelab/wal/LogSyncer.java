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
    private final @Nullable ScheduledExecutorService timer; // null if the policy needs none

    /** A syncer with a timer, if the policy needs one. */
    public LogSyncer(WriteAheadLog log, SyncPolicy policy) {
        this.log = log;
        this.policy = policy;
        this.timer = policy.level() == SyncPolicy.Level.INTERVAL ? newTimer() : null;
        if (timer != null) {
            long nanos = policy.interval().toNanos();
            ScheduledFuture<?> unused = timer.scheduleWithFixedDelay(this::tick, nanos, nanos, TimeUnit.NANOSECONDS);
        }
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
            close(); // the log remembers the failure, and the next append throws it: there is nothing more to sync
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
        if (timer != null) {
            timer.shutdown();
        }
    }
}
