package storagelab.disk;

/** The kinds of call that a {@link CrashDisk} counts and that {@link Faults} can strike. */
public enum DiskCall {
    /** One read from a file, of whatever length; a scattering read is one. */
    READ,
    /** One write to a file, of whatever length; a gathering write is one. */
    WRITE,
    /** One {@code force} of a file, and each write to a channel opened with {@code SYNC} or {@code DSYNC}. */
    SYNC,
    /** One {@code force} of a directory. */
    DIRECTORY_SYNC,
    /** One change to a name or a size: create, delete, rename, truncate. */
    METADATA
}
