// exercise: 1.8
// type: storagelab.sortedlog.FairReadWriteLock
// verdict: caught
// because: notify wakes one thread of many, often one that cannot go on, and the others sleep for ever
public final class FairReadWriteLock implements ReadWriteLock {
    public synchronized void releaseRead() {
        if (readers == 0) {
            throw new IllegalMonitorStateException("no reader holds the lock");
        }
        readers--;
        if (readers == 0) {
            notify();
        }
    }

    public synchronized void releaseWrite() {
        if (writer != Thread.currentThread()) {
            throw new IllegalMonitorStateException("this thread does not hold the lock for writing");
        }
        writer = null;
        phase++;
        readersAhead = waitingReaders;
        notify();
    }
}
