package storagelab.sortedlog;

/** The work that a {@link Maintenance} sees to. One step runs at a time. */
public interface MaintenanceWork {
    /** Writes {@code frozen} out as a table and publishes it. Memtables come oldest first. */
    void flush(FrozenMemtable frozen);

    /** Merges tables until there are few enough. */
    void compact();
}
