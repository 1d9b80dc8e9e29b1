// exercise: 5.15
// type: storagelab.lsm.SnapshotList
// verdict: caught
// because: the condition is checked under the lock, and the action runs without it: a snapshot may be taken in between
public final class SnapshotList {
    public boolean runUnlessNewer(long sequence, Runnable action) {
        boolean isDone = newest() <= sequence;
        if (isDone) {
            action.run();
        }
        return isDone;
    }
}
