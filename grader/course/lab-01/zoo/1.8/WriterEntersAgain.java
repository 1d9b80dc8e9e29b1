// exercise: 1.8
// type: storagelab.sortedlog.FairReadWriteLock
// verdict: caught
// because: a writer that asks again is let in, and its first release ends both
public final class FairReadWriteLock implements ReadWriteLock {
    public synchronized void acquireWrite() throws InterruptedException {
        failIfInterrupted();
        Object turn = new Object();
        waitingWriters.addLast(turn);
        try {
            while (writer != Thread.currentThread() && (writer != null || readers > 0 || readersAhead > 0 || waitingWriters.peekFirst() != turn)) {
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
