// exercise: 1.8
// type: storagelab.sortedlog.FairReadWriteLock
// verdict: caught
// because: readers wait while any writer waits, and under a flood of writers no reader ever gets in
public final class FairReadWriteLock implements ReadWriteLock {
    public synchronized void acquireRead() throws InterruptedException {
        failIfInterrupted();
        while (writer != null || !waitingWriters.isEmpty()) {
            wait();
        }
        readers++;
    }
}
