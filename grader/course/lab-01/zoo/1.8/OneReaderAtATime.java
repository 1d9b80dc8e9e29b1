// exercise: 1.8
// type: storagelab.sortedlog.FairReadWriteLock
// verdict: caught
// because: readers come in one after the other
public final class FairReadWriteLock implements ReadWriteLock {
    public synchronized void acquireRead() throws InterruptedException {
        failIfInterrupted();
        long arrived = phase;
        waitingReaders++;
        try {
            while (writer != null || readers > 0 || (arrived == phase && !waitingWriters.isEmpty())) {
                wait();
            }
            readers++;
        } finally {
            waitingReaders--;
            if (arrived != phase) {
                readersAhead--;
                notifyAll();
            }
        }
    }

    public synchronized void releaseRead() {
        if (readers == 0) {
            throw new IllegalMonitorStateException("no reader holds the lock");
        }
        readers--;
        notifyAll();
    }
}
