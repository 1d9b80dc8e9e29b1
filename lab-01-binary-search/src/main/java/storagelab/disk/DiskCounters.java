package storagelab.disk;

/**
 * How often a {@link CrashDisk} was called, at one moment. Two of them subtract to the cost of what ran between.
 *
 * <p>A call counts when it reaches the disk, whether it then succeeds or fails; bytes count when they are moved.
 * Reading names, sizes and attributes is free.
 *
 * @param reads reads from files
 * @param writes writes to files
 * @param syncs forces of files
 * @param directorySyncs forces of directories
 * @param metadataChanges creates, deletes, renames and truncations
 * @param bytesRead bytes handed to readers
 * @param bytesWritten bytes taken from writers
 */
public record DiskCounters(
        long reads,
        long writes,
        long syncs,
        long directorySyncs,
        long metadataChanges,
        long bytesRead,
        long bytesWritten) {

    /** What was done since {@code earlier}: {@code disk.counters().since(before)}. */
    public DiskCounters since(DiskCounters earlier) {
        return new DiskCounters(
                reads - earlier.reads,
                writes - earlier.writes,
                syncs - earlier.syncs,
                directorySyncs - earlier.directorySyncs,
                metadataChanges - earlier.metadataChanges,
                bytesRead - earlier.bytesRead,
                bytesWritten - earlier.bytesWritten);
    }
}
