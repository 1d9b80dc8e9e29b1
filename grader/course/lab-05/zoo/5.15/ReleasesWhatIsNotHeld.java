// exercise: 5.15
// type: storagelab.lsm.SnapshotList
// verdict: caught
// because: a release too many is passed over in silence: the mistake that has led to it is found when somebody misses his data
public final class SnapshotList {
    public synchronized void release(long sequence) {
        held.computeIfPresent(sequence, (same, count) -> count == 1 ? null : count - 1);
    }
}
