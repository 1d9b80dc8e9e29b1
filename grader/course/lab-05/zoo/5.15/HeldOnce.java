// exercise: 5.15
// type: storagelab.lsm.SnapshotList
// verdict: caught
// because: a sequence is held or not: the first of two snapshots at it that is closed gives it up for both
public final class SnapshotList {
    public synchronized void release(long sequence) {
        if (!held.containsKey(sequence)) {
            throw new IllegalStateException("nobody holds sequence " + sequence);
        }
        held.remove(sequence);
    }
}
