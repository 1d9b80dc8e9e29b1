package storagelab.grader.hidden.lab01;

import com.google.common.util.concurrent.Uninterruptibles;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import storagelab.course.ExerciseNotDone;
import storagelab.sortedlog.FairReadWriteLock;
import storagelab.testkit.Eventually;

/**
 * A thread that takes a lock, keeps it until it is told to leave, and gives it back.
 *
 * <p>Concurrency: the thread of the test calls the methods; the thread of the client only moves the stage on.
 */
final class LockClient {
    private enum Stage {
        ENTERING,
        INSIDE,
        LEFT,
        INTERRUPTED,
        FAILED
    }

    /** Takes or releases a lock. */
    @FunctionalInterface
    private interface Step {
        void run() throws InterruptedException;
    }

    private final String name;
    private final Thread thread;
    private final CountDownLatch mayLeave = new CountDownLatch(1);
    private volatile Stage stage = Stage.ENTERING;
    private volatile @Nullable Throwable failure;

    private LockClient(String name, Step acquire, Step release) {
        this.name = name;
        this.thread = new Thread(() -> live(acquire, release), name);
        thread.setDaemon(true);
    }

    /** A thread that reads, started. */
    static LockClient reader(FairReadWriteLock lock, String name) {
        return started(new LockClient(name, lock::acquireRead, lock::releaseRead));
    }

    /** A thread that writes, started. */
    static LockClient writer(FairReadWriteLock lock, String name) {
        return started(new LockClient(name, lock::acquireWrite, lock::releaseWrite));
    }

    private static LockClient started(LockClient client) {
        client.thread.start();
        return client;
    }

    boolean isInside() {
        throwFailure();
        return stage == Stage.INSIDE;
    }

    boolean isBlocked() {
        Thread.State state = thread.getState();
        return stage == Stage.ENTERING
                && (state == Thread.State.BLOCKED
                        || state == Thread.State.WAITING
                        || state == Thread.State.TIMED_WAITING);
    }

    /** Returns when the thread has the lock; fails with {@code why} it should have if it does not get it. */
    LockClient awaitInside(String why) {
        Eventually.holds(
                () -> name + " has the lock: " + why + "; it is " + thread.getState(),
                () -> isInside() || stage != Stage.ENTERING);
        if (!isInside()) {
            throw new AssertionError(name + " did not get the lock but " + stage);
        }
        return this;
    }

    /** Returns when the thread waits for the lock; fails with {@code why} it should if it gets in. */
    LockClient awaitBlocked(String why) {
        Eventually.holds(
                () -> name + " waits for the lock (" + why + "); it is " + thread.getState(),
                () -> isInside() || stage != Stage.ENTERING || isBlocked());
        failIfInside(why);
        return this;
    }

    void failIfInside(String why) {
        if (isInside()) {
            throw new AssertionError(name + " got the lock, although " + why);
        }
    }

    /** Has the thread give the lock back and waits until it has. */
    void leave() {
        mayLeave.countDown();
        Eventually.holds(
                () -> name + " has given the lock back; it is " + thread.getState(), () -> stage != Stage.INSIDE);
        throwFailure();
    }

    /** Interrupts the thread, which waits for the lock, and waits until that has ended its waiting. */
    void interruptWaiting() {
        thread.interrupt();
        Eventually.holds(
                () -> name + ", interrupted while waiting, throws InterruptedException; it is " + thread.getState(),
                () -> stage != Stage.ENTERING);
        throwFailure();
        if (stage != Stage.INTERRUPTED) {
            throw new AssertionError(
                    name + " was interrupted while waiting for the lock and did not throw InterruptedException");
        }
    }

    /** Interrupts the thread, which waits for the lock, and returns when it no longer sleeps. It may or may not get in. */
    void interruptUntilAwake() {
        thread.interrupt();
        Eventually.holds(
                () -> name + ", interrupted while waiting, wakes up; it is " + thread.getState(),
                () -> stage != Stage.ENTERING || thread.getState() != Thread.State.WAITING);
    }

    /** Waits until the thread is done, with the lock or without it, and has it give the lock back. */
    void awaitEnd() {
        mayLeave.countDown();
        Eventually.holds(
                () -> name + " ends; it is " + thread.getState(),
                () -> stage != Stage.ENTERING && stage != Stage.INSIDE);
        throwFailure();
    }

    Thread.State state() {
        return thread.getState();
    }

    StackTraceElement[] stackTrace() {
        return thread.getStackTrace();
    }

    private void live(Step acquire, Step release) {
        try {
            acquire.run();
            stage = Stage.INSIDE;
            Uninterruptibles.awaitUninterruptibly(mayLeave);
            release.run();
            stage = Stage.LEFT;
        } catch (InterruptedException e) {
            stage = Stage.INTERRUPTED;
        } catch (RuntimeException | Error e) {
            failure = e;
            stage = Stage.FAILED;
        }
    }

    private void throwFailure() {
        Throwable thrown = failure;
        if (thrown instanceof ExerciseNotDone notDone) {
            throw notDone;
        }
        if (thrown != null) {
            throw new AssertionError(name + " threw " + thrown, thrown);
        }
    }
}
