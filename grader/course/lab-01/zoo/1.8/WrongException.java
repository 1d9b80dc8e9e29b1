// exercise: 1.8
// type: storagelab.sortedlog.FairReadWriteLock
// verdict: caught
// because: releasing what is not held throws an IllegalStateException
public final class FairReadWriteLock implements ReadWriteLock {
    public synchronized void releaseRead() {
        if (readers == 0) {
            throw new IllegalStateException("no reader holds the lock");
        }
        readers--;
        if (readers == 0) {
            notifyAll();
        }
    }
}
