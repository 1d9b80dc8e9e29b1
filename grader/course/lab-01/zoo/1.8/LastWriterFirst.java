// exercise: 1.8
// type: storagelab.sortedlog.FairReadWriteLock
// verdict: caught
// because: the writer that came last gets in first
public final class FairReadWriteLock implements ReadWriteLock {
    public synchronized void acquireWrite() throws InterruptedException {
        failIfInterrupted();
        Object turn = new Object();
        waitingWriters.addLast(turn);
        try {
            while (writer != null || readers > 0 || readersAhead > 0 || waitingWriters.peekLast() != turn) {
                wait();
            }
            writer = Thread.currentThread();
        } finally {
            waitingWriters.remove(turn);
            if (writer != Thread.currentThread()) {
                notifyAll();
            }
        }
    }
}
