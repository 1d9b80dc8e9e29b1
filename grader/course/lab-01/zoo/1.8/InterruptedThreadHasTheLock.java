// exercise: 1.8
// type: storagelab.sortedlog.FairReadWriteLock
// verdict: caught
// because: a thread that was interrupted before it asked holds the lock after the exception
public final class FairReadWriteLock implements ReadWriteLock {
    public synchronized void acquireRead() throws InterruptedException {
        boolean interrupted = Thread.interrupted();
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
        if (interrupted) {
            throw new InterruptedException();
        }
    }
}
