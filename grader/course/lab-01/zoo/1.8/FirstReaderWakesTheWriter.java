// exercise: 1.8
// type: storagelab.sortedlog.FairReadWriteLock
// verdict: caught
// because: every reader that leaves lets the writer in
public final class FairReadWriteLock implements ReadWriteLock {
    public synchronized void releaseRead() {
        if (readers == 0) {
            throw new IllegalMonitorStateException("no reader holds the lock");
        }
        readers = 0;
        notifyAll();
    }
}
