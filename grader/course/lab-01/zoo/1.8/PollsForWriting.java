// exercise: 1.8
// type: storagelab.sortedlog.FairReadWriteLock
// verdict: caught
// because: a writer that waits looks every millisecond whether it may get in
public final class FairReadWriteLock implements ReadWriteLock {
    public synchronized void acquireWrite() throws InterruptedException {
        failIfInterrupted();
        Object turn = new Object();
        waitingWriters.addLast(turn);
        try {
            while (writer != null || readers > 0 || readersAhead > 0 || waitingWriters.peekFirst() != turn) {
                wait(1);
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
