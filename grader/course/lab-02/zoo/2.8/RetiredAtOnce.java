// exercise: 2.8
// type: storagelab.cursor.TablePins
// verdict: caught
// because: a table is removed when it is retired, whoever uses it
public final class TablePins implements ObsoleteTables {
    @Override
    public synchronized void retire(SortedTable table, Runnable remove) {
        remove.run();
    }
}
