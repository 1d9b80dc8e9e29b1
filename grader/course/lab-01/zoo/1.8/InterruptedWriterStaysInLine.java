// exercise: 1.8
// type: storagelab.sortedlog.FairReadWriteLock
// verdict: caught
// because: a writer that was interrupted stays in the line of waiting writers, and everybody waits for a thread that is gone
public final class FairReadWriteLock implements ReadWriteLock {
    public synchronized void acquireWrite() throws InterruptedException {
        failIfInterrupted();
        Object turn = new Object();
        waitingWriters.addLast(turn);
        while (writer != null || readers > 0 || readersAhead > 0 || waitingWriters.peekFirst() != turn) {
            wait();
        }
        waitingWriters.remove(turn);
        writer = Thread.currentThread();
    }
}
