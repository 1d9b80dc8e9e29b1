// exercise: 1.8
// type: storagelab.sortedlog.FairReadWriteLock
// verdict: caught
// because: a thread that was woken goes on without a look at whether it may
public final class FairReadWriteLock implements ReadWriteLock {
    public synchronized void acquireWrite() throws InterruptedException {
        failIfInterrupted();
        Object turn = new Object();
        waitingWriters.addLast(turn);
        try {
            if (writer != null || readers > 0 || readersAhead > 0 || waitingWriters.peekFirst() != turn) {
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
