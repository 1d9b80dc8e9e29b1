// exercise: 1.10
// type: storagelab.sortedlog.BackgroundMaintenance
// verdict: accepted
// because: a lock of the library with a condition for each thing to wait for is as right as a monitor
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

public final class BackgroundMaintenance implements Maintenance {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition place = lock.newCondition();
    private final Condition submitted = lock.newCondition();
    private final Condition idle = lock.newCondition();

    @Override
    public void beforeWrite() {
        lock.lock();
        try {
            throwIfFailed();
            if (maxFrozenMemtables > 1 && queue.size() >= maxFrozenMemtables - 1) {
                long start = System.nanoTime();
                try {
                    place.await(SLOW_DOWN_MILLIS, TimeUnit.MILLISECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                countStall(start);
                throwIfFailed();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void awaitRoom() {
        lock.lock();
        try {
            throwIfFailed();
            if (queue.size() >= maxFrozenMemtables) {
                long start = System.nanoTime();
                while (failure == null && queue.size() >= maxFrozenMemtables) {
                    place.awaitUninterruptibly();
                }
                countStall(start);
                throwIfFailed();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void submit(FrozenMemtable frozen) {
        lock.lock();
        try {
            throwIfFailed();
            if (closing || queue.size() >= maxFrozenMemtables) {
                throw new IllegalStateException("no room, or closed");
            }
            queue.addLast(frozen);
            submitted.signal();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void drain() {
        lock.lock();
        try {
            while (failure == null && (compacting || !queue.isEmpty())) {
                idle.awaitUninterruptibly();
            }
            throwIfFailed();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closing = true;
            submitted.signal();
        } finally {
            lock.unlock();
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private @Nullable FrozenMemtable awaitNext() {
        lock.lock();
        try {
            compacting = false;
            if (queue.isEmpty()) {
                idle.signalAll();
            }
            while (queue.isEmpty() && !closing) {
                submitted.awaitUninterruptibly();
            }
            return queue.peekFirst();
        } finally {
            lock.unlock();
        }
    }

    private void placeIsFree() {
        lock.lock();
        try {
            queue.removeFirst();
            compacting = true;
            place.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void fail(Throwable e) {
        lock.lock();
        try {
            failure = e;
            place.signalAll();
            idle.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
