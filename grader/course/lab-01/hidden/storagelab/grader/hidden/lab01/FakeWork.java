package storagelab.grader.hidden.lab01;

import com.google.common.base.Throwables;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import storagelab.sortedlog.FrozenMemtable;
import storagelab.sortedlog.MaintenanceWork;
import storagelab.testkit.Eventually;

/**
 * Maintenance work that does nothing but say what it was asked to do, and that takes as long as the test wants.
 *
 * <p>Concurrency: the thread under test calls the work, the thread of the test everything else.
 */
final class FakeWork implements MaintenanceWork {
    private static final int ENOUGH = 1000;

    private final List<String> events = new ArrayList<>(); // guarded by this
    private final Semaphore flushesAllowed = new Semaphore(0);
    private final Semaphore compactionsAllowed = new Semaphore(ENOUGH);
    private volatile @Nullable Throwable failure;
    private volatile @Nullable Thread worker;
    private boolean running; // guarded by this
    private boolean overlapped; // guarded by this

    @Override
    public void flush(FrozenMemtable frozen) {
        work("flush " + frozen.nextLog(), flushesAllowed);
    }

    @Override
    public void compact() {
        work("compact", compactionsAllowed);
    }

    private void work(String what, Semaphore allowed) {
        synchronized (this) {
            overlapped |= running;
            running = true;
        }
        worker = Thread.currentThread();
        note("begin " + what);
        allowed.acquireUninterruptibly();
        Throwable thrown = failure;
        synchronized (this) {
            running = false;
        }
        if (thrown != null) {
            note("fail " + what);
            Throwables.throwIfUnchecked(thrown);
            throw new IllegalStateException(thrown);
        }
        note("end " + what);
    }

    /** Lets {@code count} flushes end; without it none does. */
    void allowFlushes(int count) {
        flushesAllowed.release(count);
    }

    void allowAllFlushes() {
        flushesAllowed.release(ENOUGH);
    }

    /** From now on merges begin and do not end until {@link #allowCompactions}. */
    void holdCompactions() {
        compactionsAllowed.drainPermits();
    }

    void allowCompactions() {
        compactionsAllowed.release(ENOUGH);
    }

    /** The work that is allowed to end next throws {@code e}, which is unchecked. */
    void failWith(Throwable e) {
        failure = e;
    }

    /** The thread that did the last piece of work. */
    @Nullable
    Thread worker() {
        return worker;
    }

    /** Whether two pieces of work ever ran at the same time. */
    synchronized boolean overlapped() {
        return overlapped;
    }

    /** What was begun, ended and failed, in order. */
    synchronized List<String> events() {
        return List.copyOf(events);
    }

    /** Returns when {@code event} has happened. */
    void awaitEvent(String event) {
        Eventually.holds(() -> "\"" + event + "\"; until now: " + events(), () -> events().contains(event));
    }

    private synchronized void note(String event) {
        events.add(event);
    }
}
