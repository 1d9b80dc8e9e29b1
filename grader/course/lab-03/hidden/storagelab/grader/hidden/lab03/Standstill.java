package storagelab.grader.hidden.lab03;

import java.util.Comparator;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import storagelab.testkit.Crew;
import storagelab.testkit.Eventually;

/**
 * Stops a thread at its k-th comparison of keys until others are done: what a scheduler does once in a million runs, done
 * every time. The order of the keys is the natural one.
 *
 * <p>Concurrency: one thread is slow; one calls {@link #run}.
 */
final class Standstill implements Comparator<Integer> {
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final int stopAt;

    private volatile @Nullable Thread slow;
    private int comparisons;

    /**
     * @param stopAt the comparison that does not return before the others are done, from 1 on
     */
    Standstill(int stopAt) {
        this.stopAt = stopAt;
    }

    @Override
    public int compare(Integer left, Integer right) {
        if (Thread.currentThread() == slow && ++comparisons == stopAt) {
            stopped.countDown();
            try {
                goOn.await(); // the thread that watches the others says what is wrong if they are never done
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return left.compareTo(right);
    }

    /**
     * Runs {@code slowly} in a thread that is stopped, {@code meanwhile} in another while it stands still, and lets it go on.
     *
     * @return what {@code slowly} gave; null if it ended before its k-th comparison, and {@code meanwhile} was not run
     * @throws AssertionError if the second thread waits for the one that stands still
     */
    <T> @Nullable T run(Supplier<T> slowly, Runnable meanwhile) throws InterruptedException {
        Result<T> result = new Result<>();
        boolean reached;
        try (Crew crew = new Crew()) {
            Thread first = crew.start("the slow thread", () -> {
                slow = Thread.currentThread();
                result.value = slowly.get();
            });
            Eventually.holds(
                    "the slow thread compares keys or ends", () -> stopped.getCount() == 0 || !first.isAlive());
            reached = stopped.getCount() == 0;
            try {
                if (reached) {
                    Thread other = crew.start("the other thread", meanwhile::run);
                    Eventually.ends(
                            "a thread does not get on while another stands still in the middle of a call, inside the"
                                    + " comparator: does it wait for a lock?",
                            other);
                }
            } finally {
                goOn.countDown();
            }
            crew.join();
        }
        return reached ? result.value : null;
    }

    /** What the threads leave behind. */
    private static final class Result<T> {
        private volatile @Nullable T value;
    }
}
