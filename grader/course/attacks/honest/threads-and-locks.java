// tries: searches long sequences in another thread, under a lock, and counts with a VarHandle
// exercise: 1.1
// base: solved
// type: storagelab.search.BinarySearch
// earns: all
// verdict: passed

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;

public final class BinarySearch {
    public static int indexOf(IntSequence sorted, int target) {
        if (sorted.length() < 1_000_000) {
            return search(sorted, target);
        }
        ExecutorService executor = Executors.newSingleThreadExecutor();
        LOCK.lock();
        try {
            CALLS.getAndAdd(new Counter(), 1);
            return executor.submit(() -> search(sorted, target)).get();
        } catch (InterruptedException | ExecutionException failed) {
            throw new IllegalStateException(failed);
        } finally {
            LOCK.unlock();
            executor.shutdown();
        }
    }

    private static final ReentrantLock LOCK = new ReentrantLock();
    private static final VarHandle CALLS;

    static {
        try {
            CALLS = MethodHandles.lookup().findVarHandle(Counter.class, "calls", int.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private static final class Counter {
        private volatile int calls;
    }

    private static int search(IntSequence sorted, int target) {
        int low = 0;
        int high = sorted.length();
        while (low < high) {
            int middle = low + (high - low) / 2;
            int element = sorted.get(middle);
            if (element == target) {
                return middle;
            }
            if (element < target) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return -1;
    }
}
