package storagelab.grader.run;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The clock of a child: reports a test whose time is over, and ends a child that outlived its parent. Its thread stands
 * outside of the group of the tests' threads, so that its own steps are not taken for theirs.
 */
final class Watchdog {
    private static final long PERIOD_MILLIS = 100;
    private static final int EXIT_LIFETIME_OVER = 70;

    private Watchdog() {}

    static void start(WorkerListener listener, long lifetimeMillis) {
        ThreadGroup outermost = Thread.currentThread().getThreadGroup();
        while (outermost.getParent() != null) {
            outermost = outermost.getParent();
        }
        ThreadGroup group = outermost;
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(group, task, "grader-watchdog");
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
