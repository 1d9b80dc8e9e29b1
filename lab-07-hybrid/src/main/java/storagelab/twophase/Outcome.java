package storagelab.twophase;

/** What has become of a transaction, as its coordinator's log says. */
public enum Outcome {
    /** The log has a COMMIT record of it, and a participant has not acknowledged it yet. */
    COMMITTED,
    /** The log has no COMMIT record of it: that is what presumed abort means. */
    ABORTED,
    /** The coordinator is still at work on it. */
    UNDECIDED
}
