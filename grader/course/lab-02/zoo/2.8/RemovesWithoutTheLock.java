// exercise: 2.8
// type: storagelab.cursor.TablePins
// verdict: caught
// because: files are deleted after the lock is given back, perhaps after the store was closed and opened again
import java.util.ArrayList;

public final class TablePins implements ObsoleteTables {
    public void unpin(List<SortedTable> tables) {
        List<Use> unused = new ArrayList<>();
        synchronized (this) {
            for (SortedTable table : tables) {
                if (!uses.containsKey(table)) {
                    throw new IllegalStateException("table " + table.info().number() + " has no user");
                }
            }
            for (SortedTable table : tables) {
                Use use = uses.get(table);
                if (use != null && --use.users == 0) {
                    uses.remove(table);
                    unused.add(use);
                }
            }
        }
        Removal removal = new Removal();
        unused.forEach(removal::run);
        removal.throwFailure();
    }
}
