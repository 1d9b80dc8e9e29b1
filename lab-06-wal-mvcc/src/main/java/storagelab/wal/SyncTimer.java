package storagelab.wal;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import java.io.Closeable;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Runs a task once in an interval. Tests have one that runs it when they say so. */
@FunctionalInterface
public interface SyncTimer {
    /** A timer that was started. */
    @FunctionalInterface
    interface Started extends Closeable {
        /** Begins no further run. One that is under way goes on to its end. Closing twice does nothing. */
        @Override
        void close();
    }

    /**
     * Runs {@code task} again and again until the timer is closed: the first time {@code interval} from now, and then each time
     * that long after the last run has ended. A task that throws is not run again, and nothing says so.
     */
    Started start(Duration interval, Runnable task);

    /** A timer with a daemon thread of its own for each task. */
    static SyncTimer onThreads() {
        return (interval, task) -> {
            ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(new ThreadFactoryBuilder()
                    .setDaemon(true)
                    .setNameFormat("log-sync")
                    .build());
            long nanos = interval.toNanos();
            ScheduledFuture<?> unused = thread.scheduleWithFixedDelay(task, nanos, nanos, TimeUnit.NANOSECONDS);
            return thread::shutdown;
        };
    }
}
