package storagelab.testkit;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/**
 * Decides when waiting for another thread is pointless. No verdict depends on how busy the machine is: a thread that
 * wants a processor and gets none is told from one that waits for something by its state.
 *
 * <p>Waiting is given up
 *
 * <ol>
 *   <li>when no other thread of the test has moved for {@link #STILL_NANOS}: all of them wait or have ended, and none has
 *       come out of a wait meanwhile;
 *   <li>when the test has used up most of its processor time;
 *   <li>at the latest after a wall-clock limit of minutes.
 * </ol>
 *
 * The JVM that runs a test says in system properties when the second and the third are due.
 *
 * <p>Concurrency: one object a wait; the threads that wait at the same time know of each other.
 */
final class Patience implements AutoCloseable {
    /** The process's processor time, in nanoseconds, at which the running test has little left. */
    private static final String CPU_UNTIL = "storagelab.test.cpuUntilNanos";

    /** The {@link System#nanoTime()} at which the running test has little time left. */
    private static final String WALL_UNTIL = "storagelab.test.wallUntilNanos";

    private static final long STILL_NANOS = TimeUnit.SECONDS.toNanos(7);
    private static final long SAMPLE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int STILL_SAMPLES_MIN = 40;
    private static final long WALL_NANOS = TimeUnit.MINUTES.toNanos(5);

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** Threads that are waiting here: their looking at a condition now and then is not movement. */
    private static final Set<Thread> WAITING = ConcurrentHashMap.newKeySet();

    private final boolean isFirst = WAITING.add(Thread.currentThread());
    private final long wallUntilNanos = untilNanos(WALL_UNTIL).orElse(System.nanoTime() + WALL_NANOS);
    private final Optional<Long> cpuUntilNanos = untilNanos(CPU_UNTIL);
    private final long stillNanos;
    private final int stillSamplesMin;

    private long sampledNanos = System.nanoTime();
    private long stillSinceNanos = sampledNanos;
    private int stillSamples;
    private Map<Long, Long> waits = Map.of();

    /** Why waiting was given up, to be put after "waited for nothing until …: ". */
    private String reason = "";

    Patience() {
        this(STILL_NANOS, STILL_SAMPLES_MIN);
    }

    /** Gives up sooner or later than a test would want it. */
    Patience(long stillNanos, int stillSamplesMin) {
        this.stillNanos = stillNanos;
        this.stillSamplesMin = stillSamplesMin;
    }

    private static Optional<Long> untilNanos(String property) {
        return Optional.ofNullable(Long.getLong(property));
    }

    /** Whether to give up; cheap enough to be asked after every look at the condition. */
    boolean isOver() {
        long now = System.nanoTime();
        if (now - sampledNanos < SAMPLE_NANOS) {
            return false;
        }
        sampledNanos = now;
        if (othersHaveMoved()) {
            stillSinceNanos = now;
            stillSamples = 0;
        } else {
            stillSamples++;
        }
        if (stillSamples >= stillSamplesMin && now - stillSinceNanos >= stillNanos) {
            reason = "every other thread waits or has ended";
        } else if (cpuUntilNanos.isPresent() && cpuNanos() >= cpuUntilNanos.get()) {
            reason = "the test has used up its processor time";
        } else if (now - wallUntilNanos >= 0) {
            reason = "minutes have passed";
        }
        return !reason.isEmpty();
    }

    /** Why {@link #isOver()} said yes. */
    String reason() {
        return reason;
    }

    /** Whether a thread of the test can run, or has waited and gone on since the last look. */
    private boolean othersHaveMoved() {
        Map<Long, Long> seen = new HashMap<>();
        boolean canRun = false;
        for (Thread thread : threadsOfTheTest()) {
            ThreadInfo info = WAITING.contains(thread) ? null : THREADS.getThreadInfo(thread.getId());
            if (info != null) {
                seen.put(info.getThreadId(), info.getWaitedCount() + info.getBlockedCount());
                canRun |= info.getThreadState() == Thread.State.RUNNABLE || info.getThreadState() == Thread.State.NEW;
            }
        }
        boolean moved = canRun || !seen.equals(waits);
        waits = seen;
        return moved;
    }

    /** All threads but the JVM's own, and those that Maven's test runner blocks in reads for good. */
    private static Iterable<Thread> threadsOfTheTest() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getThreadGroup() != null)
                .filter(thread -> thread.getThreadGroup().getParent() != null)
                .filter(thread -> !thread.getName().startsWith("surefire"))::iterator;
    }

    /** The processor time of this process; where the system does not tell it, that of the threads that live. */
    private static long cpuNanos() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(Duration::toNanos)
                .filter(nanos -> nanos > 0)
                .orElseGet(() -> LongStream.of(THREADS.getAllThreadIds())
                        .map(THREADS::getThreadCpuTime)
                        .filter(nanos -> nanos > 0)
                        .sum());
    }

    @Override
    public void close() {
        if (isFirst) {
            WAITING.remove(Thread.currentThread());
        }
    }
}
