// exercise: 5.15
// type: storagelab.lsm.SnapshotList
// verdict: caught
// because: without snapshots there is no oldest sequence: a merge keeps every version, or none
public final class SnapshotList {
    public synchronized long oldest() {
        return held.isEmpty() ? 0 : held.firstKey();
    }
}
