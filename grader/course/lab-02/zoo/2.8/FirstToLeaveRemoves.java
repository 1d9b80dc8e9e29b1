// exercise: 2.8
// type: storagelab.cursor.TablePins
// verdict: caught
// because: the first user to let go removes the table under all the others
public final class TablePins implements ObsoleteTables {
    public synchronized void unpin(List<SortedTable> tables) {
        Removal removal = new Removal();
        for (SortedTable table : tables) {
            Use use = uses.remove(table);
            if (use != null) {
                removal.run(use);
            }
        }
        removal.throwFailure();
    }
}
