package storagelab.grader.hidden.lab05;

import static storagelab.grader.hidden.kit.Checks.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Counts the bytes of the objects that a thread makes: what an unneeded copy costs. */
final class Allocations {
    private Allocations() {}

    /** Fails if {@code work}, done for the second time, makes objects of more than {@code bytesMax} bytes on this thread. */
    static void assertAtMost(long bytesMax, String what, Runnable work) {
        work.run(); // what is made once, such as classes and buffers that grow, does not count
        long bytes = of(work);
        assertTrue(
                bytes <= bytesMax,
                what + ": objects of " + bytes + " bytes were made, at most " + bytesMax
                        + " are needed. What is copied that could be used where it is?");
    }

    /** Bytes of the objects that {@code work} makes on this thread. */
    static long of(Runnable work) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(thread);
        work.run();
        return threads.getThreadAllocatedBytes(thread) - before;
    }
}
