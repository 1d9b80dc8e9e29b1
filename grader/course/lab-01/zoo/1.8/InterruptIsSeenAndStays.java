// exercise: 1.8
// type: storagelab.sortedlog.FairReadWriteLock
// verdict: caught
// because: an interrupt is answered with an exception, and the thread is interrupted all the same
public final class FairReadWriteLock implements ReadWriteLock {
    private static void failIfInterrupted() throws InterruptedException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedException("interrupted before it asked for the lock");
        }
    }
}
