package storagelab.sortedlog;

/** Where a store keeps the list of its tables. */
public enum TableListKind {
    /**
     * In memory only: what a store holds is gone when it is closed. For the exercises before 1.9. The directory must
     * not hold a {@link #DURABLE} store; what an earlier ephemeral one left there is removed.
     */
    EPHEMERAL,
    /** In the file {@code TABLES}: a store that is opened again has everything that was written. */
    DURABLE
}
