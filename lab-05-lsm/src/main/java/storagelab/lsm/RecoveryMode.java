package storagelab.lsm;

/**
 * What opening a store does when a log is damaged in the middle. A log that merely ends too early is not damaged. A log of
 * which something is not in the store afterwards is kept in the directory {@code lost}; opening for reading leaves all where
 * it is.
 */
public enum RecoveryMode {
    /** The store is as it was before the first damaged write. */
    POINT_IN_TIME,
    /** The store is not opened. */
    ABSOLUTE,
    /** The store has every write that can still be read. Later writes may be there where earlier ones are lost. */
    SALVAGE
}
