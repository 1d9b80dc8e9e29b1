// exercise: 1.8
// type: storagelab.sortedlog.FairReadWriteLock
// verdict: caught
// because: a thread that is interrupted already gets the lock if it is free
public final class FairReadWriteLock implements ReadWriteLock {
    public synchronized void acquireRead() throws InterruptedException {

        long arrived = phase;
        waitingReaders++;
        try {
            while (writer != null || (arrived == phase && !waitingWriters.isEmpty())) {
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
}
