// exercise: 1.8
// type: storagelab.sortedlog.FairReadWriteLock
// verdict: caught
// because: readers get in whenever no writer is inside, and under a flood of readers no writer ever is
public final class FairReadWriteLock implements ReadWriteLock {
    public synchronized void acquireRead() throws InterruptedException {
        failIfInterrupted();
        while (writer != null) {
            wait();
        }
        readers++;
    }
}
