package storagelab.api;

/** What a transaction may notice of others that run at the same time. */
public enum Isolation {
    /**
     * It reads the state at its beginning, and of two that write the same key the first to commit wins. Two that read what the
     * other writes may both commit, though no order of the two one after the other gives the same result: write skew.
     */
    SNAPSHOT,

    /** The result is that of all committed transactions one after the other, in some order. */
    SERIALIZABLE
}
