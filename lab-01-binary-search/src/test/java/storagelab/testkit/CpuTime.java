package storagelab.testkit;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** The processor time that a thread has used: what its work costs, however many others want the processor. */
public final class CpuTime {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private CpuTime() {}

    /** What the calling thread has used since it began, in nanoseconds. */
    public static long ofThisThreadNanos() {
        return THREADS.getCurrentThreadCpuTime();
    }

    /** What {@code thread} has used since it began, in nanoseconds; -1 if it does not run. */
    public static long ofNanos(Thread thread) {
        return THREADS.getThreadCpuTime(thread.getId());
    }
}
