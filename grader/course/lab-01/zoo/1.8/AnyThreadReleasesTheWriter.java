// exercise: 1.8
// type: storagelab.sortedlog.FairReadWriteLock
// verdict: caught
// because: releaseWrite looks whether there is a writer and not which thread it is
public final class FairReadWriteLock implements ReadWriteLock {
    public synchronized void releaseWrite() {
        if (writer == null) {
            throw new IllegalMonitorStateException("no writer holds the lock");
        }
        writer = null;
        phase++;
        readersAhead = waitingReaders;
        notifyAll();
    }
}
