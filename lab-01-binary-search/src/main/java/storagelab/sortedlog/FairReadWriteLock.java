package storagelab.sortedlog;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.course.Given;

/** Many readers or one writer. */
@Exercise(id = "1.8", title = "A fair read-write lock", points = 12, difficulty = Difficulty.HARD, hours = 4)
public final class FairReadWriteLock implements ReadWriteLock {
    public FairReadWriteLock() {}

    public void acquireRead() throws InterruptedException {}

    public void releaseRead() {}

    public void acquireWrite() throws InterruptedException {}

    public void releaseWrite() {}

    @Given
    @Override
    public Lock readLock() {
        throw new UnsupportedOperationException();
    }

    @Given
    @Override
    public Lock writeLock() {
        throw new UnsupportedOperationException();
    }
}
