// tries: starts more threads than the machine can have
// exercise: 1.1
// type: storagelab.search.BinarySearch
// earns: 0
// wall: limits
// verdict: crashed, timed out, failed

import java.util.concurrent.CountDownLatch;
import storagelab.course.ExerciseNotDone;

public final class BinarySearch {
    public static int indexOf(IntSequence sorted, int target) {
        if (sorted.length() > 0 || target != 7) {
            throw new ExerciseNotDone("1.1"); // one test is enough
        }
        CountDownLatch never = new CountDownLatch(1);
        for (int i = 0; i < 20_000; i++) {
            Thread thread = new Thread(null, () -> {
                try {
                    never.await();
                } catch (InterruptedException stopped) {
                    never.countDown();
                }
            }, "flood", 64 << 10);
            thread.setDaemon(true);
            thread.start();
        }
        return -1;
    }
}
