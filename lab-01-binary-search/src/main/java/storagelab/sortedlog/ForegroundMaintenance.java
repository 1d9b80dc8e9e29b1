package storagelab.sortedlog;

/** Does the work at once, on the thread that submits it. */
public final class ForegroundMaintenance implements Maintenance {
    private final MaintenanceWork work;

    /** Maintenance that does {@code work}. */
    public ForegroundMaintenance(MaintenanceWork work) {
        this.work = work;
    }

    @Override
    public void beforeWrite() {}

    @Override
    public void awaitRoom() {}

    @Override
    public void submit(FrozenMemtable frozen) {
        work.flush(frozen);
        work.compact();
    }

    @Override
    public void drain() {}

    @Override
    public void close() {}
}
