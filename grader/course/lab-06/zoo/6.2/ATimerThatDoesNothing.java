// exercise: 6.2
// type: storagelab.wal.LogSyncer
// verdict: accepted
// because: a timer that does nothing stands for the one that is not needed, and a switch names every level

import java.util.concurrent.atomic.AtomicReference;

public final class LogSyncer implements Closeable {
    private final AtomicReference<SyncTimer.Started> started = new AtomicReference<>(() -> {});

    public LogSyncer(WriteAheadLog log, SyncPolicy policy, SyncTimer timer) {
        this.log = log;
        this.policy = policy;
        if (policy.level() == SyncPolicy.Level.INTERVAL) {
            started.set(timer.start(policy.interval(), this::tick));
        }
    }

    private void tick() {
        try {
            log.sync();
        } catch (RuntimeException e) {
            close();
        }
    }

    public boolean waits(Durability durability) {
        return switch (policy.level()) {
            case NONE, INTERVAL -> durability == Durability.SYNCED;
            case EVERY_COMMIT, GROUP -> true;
        };
    }

    @Override
    public void close() {
        started.getAndSet(() -> {}).close();
    }
}
