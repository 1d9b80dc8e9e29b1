package storagelab.sortedlog;

/** Where a store writes down which tables it consists of. */
public interface TableList {
    /** A list that is written nowhere: the store has its tables in memory and forgets them. */
    TableList EPHEMERAL = tables -> {};

    /**
     * Replaces what was published before. When this returns the new list is on disk; when it throws, or the machine
     * fails on the way, the old one or the new one is, never a mixture.
     */
    void publish(PublishedTables tables);
}
