package storagelab.grader.hidden.lab06;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import storagelab.wal.SyncTimer;

/** A timer that runs its tasks when a test says so. Concurrency: one thread. */
final class HandTimer implements SyncTimer {
    private final List<Duration> intervals = new ArrayList<>();
    private final List<Runnable> running = new ArrayList<>();
    private int closes;

    @Override
    public Started start(Duration interval, Runnable task) {
        intervals.add(interval);
        running.add(task);
        return () -> {
            closes++;
            running.remove(task);
        };
    }

    /** Lets an interval pass. */
    void tick() {
        List.copyOf(running).forEach(Runnable::run);
    }

    /** The intervals of all timers that were started. */
    List<Duration> intervals() {
        return intervals;
    }

    /** How many timers were started and not closed. */
    int running() {
        return running.size();
    }

    /** How often timers were closed. */
    int closes() {
        return closes;
    }
}
