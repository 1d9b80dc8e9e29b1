package storagelab.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import storagelab.course.ExerciseNotDone;

/**
 * The threads of one test. What one of them throws fails the test, and so does one that never ends.
 *
 * <p>Used in a try-with-resources statement: leaving it interrupts the threads that still run.
 *
 * <p>Concurrency: the thread of the test starts and joins.
 */
public final class Crew implements AutoCloseable {
    /** What a thread does. */
    @FunctionalInterface
    public interface Task {
        /** Fails by throwing. */
        void run() throws Exception;
    }

    private static final long POLL_NANOS = 10_000_000;

    private final List<Thread> threads = new ArrayList<>();
    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();

    /** Starts a thread called {@code name} that runs {@code task}. */
    public Thread start(String name, Task task) {
        Thread thread = new Thread(() -> runAndRecord(task), name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
        return thread;
    }

    /** Starts {@code count} threads that run {@code task}, called {@code name-0}, {@code name-1} and so on. */
    public void start(int count, String name, Task task) {
        for (int i = 0; i < count; i++) {
            start(name + "-" + i, task);
        }
    }

    /**
     * Runs {@code task} in a thread of its own and waits until it has ended, which it may never do.
     *
     * @param otherwise what it means if it does not end, for the message: {@code "a search in a torn page has to end"}
     * @throws AssertionError if it threw, or does not end
     */
    public static void mustEnd(String otherwise, Task task) throws InterruptedException {
        try (Crew crew = new Crew()) {
            Eventually.ends(otherwise, crew.start("the thread of the test", task));
            crew.join();
        }
    }

    /** Whether any thread has thrown. */
    public boolean hasFailed() {
        return !failures.isEmpty();
    }

    /**
     * Waits until every thread has ended.
     *
     * @throws AssertionError if one of them threw, with its message, or does not end, with where it stands
     */
    public void join() throws InterruptedException {
        try (Patience patience = new Patience()) {
            for (Thread thread : threads) {
                do {
                    TimeUnit.NANOSECONDS.timedJoin(thread, POLL_NANOS);
                    throwFirstFailure();
                    if (thread.isAlive() && patience.isOver()) {
                        throw new AssertionError("thread " + thread.getName() + " does not end; it is "
                                + thread.getState() + " at " + whereIs(thread) + ", and " + patience.reason());
                    }
                } while (thread.isAlive());
            }
        }
    }

    /** Interrupts every thread that still runs. */
    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
    }

    private void runAndRecord(Task task) {
        try {
            task.run();
        } catch (Exception | Error e) {
            failures.add(e);
        }
    }

    private void throwFirstFailure() {
        Throwable failure = failures.peek();
        if (failure instanceof ExerciseNotDone notDone) {
            throw notDone;
        }
        if (failure instanceof AssertionError assertion) {
            throw assertion;
        }
        if (failure != null) {
            throw new AssertionError(
                    "a thread threw " + failure.getClass().getSimpleName() + ": " + failure.getMessage(), failure);
        }
    }

    private static String whereIs(Thread thread) {
        StackTraceElement[] frames = thread.getStackTrace();
        for (StackTraceElement frame : frames) {
            if (frame.getClassName().startsWith("storagelab.")) {
                return frame.getClassName() + "." + frame.getMethodName() + ":" + frame.getLineNumber();
            }
        }
        return frames.length == 0 ? "no frame" : frames[0].toString();
    }
}
