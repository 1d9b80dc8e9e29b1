// exercise: 1.8
// type: storagelab.sortedlog.FairReadWriteLock
// verdict: caught
// because: while readers whose turn it is come in, readers that have just arrived come in with them
public final class FairReadWriteLock implements ReadWriteLock {
    public synchronized void acquireRead() throws InterruptedException {
        failIfInterrupted();
        long arrived = phase;
        waitingReaders++;
        try {
            while (writer != null || (arrived == phase && readersAhead == 0 && !waitingWriters.isEmpty())) {
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
