// exercise: 1.10
// type: storagelab.sortedlog.BackgroundMaintenance
// verdict: caught
// because: the thread is no daemon, and keeps a program alive that forgot to close its store
public final class BackgroundMaintenance implements Maintenance {
    public BackgroundMaintenance(MaintenanceWork work, int maxFrozenMemtables, StatsRecorder stats) {
        this.work = work;
        this.maxFrozenMemtables = maxFrozenMemtables;
        this.stats = stats;
        this.thread = new Thread(this::runUntilClosed, "sorted-log-maintenance");

        thread.start();
    }
}
