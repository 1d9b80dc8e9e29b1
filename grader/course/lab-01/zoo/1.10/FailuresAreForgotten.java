// exercise: 1.10
// type: storagelab.sortedlog.BackgroundMaintenance
// verdict: caught
// because: what the work throws is dropped with the thread, nobody is told, and writers wait for ever
public final class BackgroundMaintenance implements Maintenance {
    private synchronized void fail(Throwable e) {
        stats.increment(Metric.STALLS);
    }
}
