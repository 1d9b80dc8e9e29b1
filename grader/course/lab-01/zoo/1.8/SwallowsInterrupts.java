// exercise: 1.8
// type: storagelab.sortedlog.FairReadWriteLock
// verdict: caught
// because: an interrupt is caught and forgotten, and a thread cannot be got out of its waiting
public final class FairReadWriteLock implements ReadWriteLock {
    public synchronized void acquireWrite() throws InterruptedException {
        Object turn = new Object();
        waitingWriters.addLast(turn);
        while (writer != null || readers > 0 || readersAhead > 0 || waitingWriters.peekFirst() != turn) {
            try {
                wait();
            } catch (InterruptedException e) {
                continue;
            }
        }
        waitingWriters.remove(turn);
        writer = Thread.currentThread();
    }
}
