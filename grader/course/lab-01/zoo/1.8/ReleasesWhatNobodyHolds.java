// exercise: 1.8
// type: storagelab.sortedlog.FairReadWriteLock
// verdict: caught
// because: releasing what nobody holds makes the count of readers negative, and a writer and a reader get in together
public final class FairReadWriteLock implements ReadWriteLock {
    public synchronized void releaseRead() {
        readers--;
        notifyAll();
    }
}
