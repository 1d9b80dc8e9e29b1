// exercise: 1.8
// type: storagelab.sortedlog.FairReadWriteLock
// verdict: caught
// because: a thread that is interrupted already gets the lock for writing if it is free
public final class FairReadWriteLock implements ReadWriteLock {
    public synchronized void acquireWrite() throws InterruptedException {

        Object turn = new Object();
        waitingWriters.addLast(turn);
        try {
            while (writer != null || readers > 0 || readersAhead > 0 || waitingWriters.peekFirst() != turn) {
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
