package storagelab.api;

/**
 * A reader of changes wants operations that the log does not have any more. It has to begin again with a snapshot or a backup of the
 * store, and follow the changes from the sequence of that.
 */
public final class LogTruncatedException extends StorageException {
    private static final long serialVersionUID = 1L;

    private final long wantedAfter;
    private final long firstAfter;

    /**
     * Operations are gone.
     *
     * @param log where they were
     * @param wantedAfter the reader wants the operations after this sequence
     * @param firstAfter the log has the operations after this sequence
     */
    public LogTruncatedException(String log, long wantedAfter, long firstAfter) {
        super(
                log + " has no operations from sequence " + (wantedAfter + 1) + " on; it begins with "
                        + (firstAfter + 1) + ". Begin again with a snapshot or a backup, and its sequence",
                null);
        this.wantedAfter = wantedAfter;
        this.firstAfter = firstAfter;
    }

    /** The reader wants the operations after this sequence. */
    public long wantedAfter() {
        return wantedAfter;
    }

    /** The log has the operations after this sequence. */
    public long firstAfter() {
        return firstAfter;
    }
}
