// exercise: 1.10
// type: storagelab.sortedlog.BackgroundMaintenance
// verdict: caught
// because: waiting is not counted, and nobody can see why writes are slow
public final class BackgroundMaintenance implements Maintenance {
    private void countStall(long startNanos) {}
}
