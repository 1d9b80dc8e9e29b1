// exercise: 2.8
// type: storagelab.cursor.TablePins
// verdict: caught
// because: when one file cannot be deleted, the tables after it stay pinned for ever
public final class TablePins implements ObsoleteTables {
    public synchronized void unpin(List<SortedTable> tables) {
        for (SortedTable table : tables) {
            if (!uses.containsKey(table)) {
                throw new IllegalStateException("table " + table.info().number() + " has no user");
            }
        }
        for (SortedTable table : tables) {
            Use use = uses.get(table);
            if (use != null && --use.users == 0) {
                uses.remove(table);
                if (use.remove != null) {
                    use.remove.run();
                }
            }
        }
    }
}
