// exercise: 1.8
// type: storagelab.sortedlog.FairReadWriteLock
// verdict: caught
// because: a reader that waits looks every millisecond whether it may get in
public final class FairReadWriteLock implements ReadWriteLock {
    public synchronized void acquireRead() throws InterruptedException {
        failIfInterrupted();
        long arrived = phase;
        waitingReaders++;
        try {
            while (writer != null || (arrived == phase && !waitingWriters.isEmpty())) {
                wait(1);
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
}
