// exercise: 1.8
// type: storagelab.sortedlog.FairReadWriteLock
// verdict: caught
// because: a writer that asks for reading is let in
public final class FairReadWriteLock implements ReadWriteLock {
    public synchronized void acquireRead() throws InterruptedException {
        failIfInterrupted();
        long arrived = phase;
        waitingReaders++;
        try {
            while (writer != Thread.currentThread() && (writer != null || (arrived == phase && !waitingWriters.isEmpty()))) {
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
