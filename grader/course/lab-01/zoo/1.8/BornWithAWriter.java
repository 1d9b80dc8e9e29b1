// exercise: 1.8
// type: storagelab.sortedlog.FairReadWriteLock
// verdict: caught
// because: the thread that makes the lock holds it
public final class FairReadWriteLock implements ReadWriteLock {
    public FairReadWriteLock() {
        writer = Thread.currentThread();
    }
}
