// exercise: 5.17
// type: storagelab.lsm.LsmStore
// verdict: caught
// because: what was put in counts as live, though much of it was overwritten
public final class LsmStore {
    public Amplification amplificationSince(StoreStats before) {
        StoreStats now = stats();
        return Amplification.between(before, now, now.get(Metric.BYTES_IN));
    }
}
