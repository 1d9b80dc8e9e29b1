package storagelab.grader.run;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The clock of a child: reports a test whose time is over, and ends a child that outlived its parent. */
final class Watchdog {
    private static final long PERIOD_MILLIS = 50;
    private static final int EXIT_LIFETIME_OVER = 70;

    private Watchdog() {}

    static void start(WorkerListener listener, long lifetimeMillis) {
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "grader-watchdog");
            thread.setDaemon(true);
            thread.setPriority(Thread.MAX_PRIORITY);
            return thread;
        });
        var unusedReports = clock.scheduleWithFixedDelay(
                listener::reportStuck, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        var unusedEnd = clock.schedule(
                () -> Runtime.getRuntime().halt(EXIT_LIFETIME_OVER), lifetimeMillis, TimeUnit.MILLISECONDS);
    }
}
