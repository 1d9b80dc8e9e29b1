// exercise: 5.15
// type: storagelab.lsm.SnapshotList
// verdict: caught
// because: what is visible is read before the lock is taken: a merge may be told a newer sequence in between, and drop what the snapshot sees
public final class SnapshotList {
    public long hold() {
        long sequence = visible.getAsLong();
        synchronized (this) {
            held.merge(sequence, 1, Integer::sum);
        }
        return sequence;
    }
}
