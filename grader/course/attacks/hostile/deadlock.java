// tries: waits for a lock that a second thread keeps while that waits for the first
// exercise: 1.1
// type: storagelab.search.BinarySearch
// earns: 0
// wall: limits
// verdict: timed out
// limits: 0.2

import java.util.concurrent.CountDownLatch;
import storagelab.course.ExerciseNotDone;

public final class BinarySearch {
    public static int indexOf(IntSequence sorted, int target) {
        if (sorted.length() > 0 || target != 7) {
            throw new ExerciseNotDone("1.1"); // one test is enough
        }
        Object left = new Object();
        CountDownLatch isHeld = new CountDownLatch(1);
        Thread other = new Thread(() -> {
            synchronized (BinarySearch.class) {
                isHeld.countDown();
                synchronized (left) {
                    isHeld.countDown();
                }
            }
        });
        synchronized (left) {
            other.setDaemon(true);
            other.start();
            try {
                isHeld.await();
            } catch (InterruptedException stopped) {
                return -2;
            }
            synchronized (BinarySearch.class) {
                return -1;
            }
        }
    }
}
