// exercise: 1.8
// type: storagelab.sortedlog.FairReadWriteLock
// verdict: caught
// because: releaseRead is not refused while a writer holds the lock
public final class FairReadWriteLock implements ReadWriteLock {
    public synchronized void releaseRead() {
        if (readers == 0 && writer == null) {
            throw new IllegalMonitorStateException("no reader holds the lock");
        }
        readers = Math.max(0, readers - 1);
        notifyAll();
    }
}
