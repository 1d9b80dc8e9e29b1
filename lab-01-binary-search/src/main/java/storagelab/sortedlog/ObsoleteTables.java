package storagelab.sortedlog;

/**
 * Decides what becomes of tables that a merge has replaced.
 *
 * <p>A table is retired when no published list names it and no get uses it. The store itself has no use for it any more;
 * whoever took it out of the {@link Sources} while it was among them may have. Its file is a leak from then on: if the
 * process dies, the next open removes it.
 *
 * <p>Concurrency: the store retires from one thread at a time, and closes once, after the last call of {@code retire}.
 */
public interface ObsoleteTables {
    /** Removes tables at once, because nobody but gets uses them. */
    ObsoleteTables REMOVED_AT_ONCE = new ObsoleteTables() {
        @Override
        public void retire(SortedTable table, Runnable remove) {
            remove.run();
        }

        @Override
        public void close() {
            // nothing was kept
        }
    };

    /**
     * Takes charge of {@code table}, which is open and whose file is there.
     *
     * @param remove closes the table and deletes its file; is to be run once, now or later, but by the end of {@link
     *     #close}
     */
    void retire(SortedTable table, Runnable remove);

    /**
     * The store is closed: removes what was kept, whoever uses it. Its other tables are closed already, and the directory
     * is still locked.
     */
    void close();
}
