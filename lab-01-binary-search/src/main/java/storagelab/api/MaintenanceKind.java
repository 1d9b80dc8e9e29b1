package storagelab.api;

/** Who writes full memtables out and merges tables. */
public enum MaintenanceKind {
    /** The thread whose write filled the memtable; its write returns when the work is done. Needs nothing of 1.8 and 1.10. */
    FOREGROUND,
    /** A thread of its own; writers are slowed down, then stopped, when it is behind. */
    BACKGROUND
}
