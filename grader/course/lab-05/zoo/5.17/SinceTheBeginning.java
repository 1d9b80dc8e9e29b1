// exercise: 5.17
// type: storagelab.lsm.Amplification
// verdict: caught
// because: what happened before the first moment is counted, too
public record Amplification(double write, double read, double space) {
    private static long grown(Metric metric, StoreStats before, StoreStats after) {
        return after.get(metric);
    }
}
