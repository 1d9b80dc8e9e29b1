package storagelab.grader.bench.lab06;

import com.google.common.util.concurrent.Uninterruptibles;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import storagelab.api.Durability;
import storagelab.disk.CrashDisk;
import storagelab.disk.DiskCall;
import storagelab.disk.Hold;
import storagelab.file.StatsRecorder;
import storagelab.grader.bench.worker.WrongAnswerException;
import storagelab.wal.GroupCommitter;
import storagelab.wal.LogSyncer;
import storagelab.wal.Lsn;
import storagelab.wal.SegmentAccess;
import storagelab.wal.SyncPolicy;
import storagelab.wal.WalOptions;
import storagelab.wal.WriteAheadLog;

/**
 * Commits to a log on a disk that is as slow as it has to be: a call of it ends when all the commits have come that are to come
 * meanwhile. So what they share does not depend on the speed of the machine.
 */
final class HeldCommits implements AutoCloseable {
    static final int WRITERS = 8;

    /** How long is waited for what never happens if commits wait for the wrong thing; many times what a busy machine needs. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

    private static final long POLL_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    private final CrashDisk disk = CrashDisk.create();
    private final StatsRecorder stats = new StatsRecorder();
    private final WriteAheadLog log = WriteAheadLog.create(
            disk.root(), 0, WalOptions.defaults().withAccess(SegmentAccess.CHANNEL), stats);
    private final AtomicLong published = new AtomicLong(); // sum of the numbers
    private final GroupCommitter committer = new GroupCommitter(
            log,
            new LogSyncer(log, SyncPolicy.none()),
            (sequence, batch) -> published.addAndGet(Accounts.number(batch)),
            stats);
    private final AtomicLong next = new AtomicLong(1); // number
    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();

    /** One commit, and {@link #WRITERS} more that come while its call of the disk is under way. */
    void commitDuring(DiskCall call, Durability durability) {
        long before = log.lastSequence();
        List<Thread> threads = new ArrayList<>();
        try (Hold hold = disk.faults().hold(call, ".wal")) {
            threads.add(start(() -> commit(durability)));
            if (!isSoon(() -> hold.waiting() > 0 || !failures.isEmpty())) {
                throw new WrongAnswerException("a " + durability + " commit makes no " + call + " of the log");
            }
            throwFailure();
            for (int i = 0; i < WRITERS; i++) {
                threads.add(start(() -> commit(durability)));
            }
            long others = before + (call == DiskCall.SYNC ? 1 : 0);
            boolean unused =
                    isSoon(() -> committer.waiting() + log.lastSequence() - others >= WRITERS && areBlocked(threads));
        }
        join(threads);
    }

    /** How many of so many BUFFERED commits do not return while a sync is under way that none of them has asked for. */
    int waitingForSync(int commits) {
        AtomicInteger returned = new AtomicInteger();
        int returnedDuring;
        List<Thread> threads = new ArrayList<>();
        appendUnsynced();
        try (Hold hold = disk.faults().hold(DiskCall.SYNC, ".wal")) {
            threads.add(start(log::sync));
            if (!isSoon(() -> hold.waiting() > 0 || !failures.isEmpty())) {
                throw new WrongAnswerException("a sync of the log makes none of its file");
            }
            threads.add(start(() -> {
                for (int i = 0; i < commits; i++) {
                    commit(Durability.BUFFERED);
                    returned.incrementAndGet();
                }
            }));
            boolean unused = isSoon(() -> returned.get() == commits);
            returnedDuring = returned.get();
        }
        join(threads);
        return commits - returnedDuring;
    }

    /** Appends a record past the committer, so that a sync has something to do. */
    private void appendUnsynced() {
        long number = next.getAndIncrement();
        Lsn unused = log.append(log.lastSequence() + 1, List.of(Accounts.put(number)));
        published.addAndGet(number);
    }

    private void commit(Durability durability) {
        long unused = committer.commit(Accounts.put(next.getAndIncrement()), durability);
    }

    private Thread start(Runnable task) {
        Thread thread = new Thread(() -> {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                failures.add(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static boolean areBlocked(List<Thread> threads) {
        return threads.stream()
                .allMatch(thread -> thread.getState() == Thread.State.WAITING
                        || thread.getState() == Thread.State.TIMED_WAITING
                        || thread.getState() == Thread.State.BLOCKED);
    }

    private static boolean isSoon(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return true;
    }

    private void join(List<Thread> threads) {
        for (Thread thread : threads) {
            Uninterruptibles.joinUninterruptibly(thread);
        }
        throwFailure();
    }

    private void throwFailure() {
        Throwable failure = failures.peek();
        if (failure != null) {
            throw new IllegalStateException("a thread that commits has failed", failure);
        }
    }

    /** Fails unless every commit was published once, under its own sequence. */
    void check() {
        long commits = next.get() - 1;
        if (log.lastSequence() != commits || published.get() != commits * (commits + 1) / 2) {
            throw new WrongAnswerException("of " + commits + " commits, " + log.lastSequence()
                    + " are in the log, and the sum of what was published is " + published.get());
        }
    }

    /** How often files of the disk were synced. */
    long syncs() {
        return disk.counters().syncs();
    }

    /** How often files of the disk were written to. */
    long writes() {
        return disk.counters().writes();
    }

    @Override
    public void close() {
        log.close();
    }
}
