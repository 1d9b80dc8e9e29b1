// exercise: 2.8
// type: storagelab.cursor.TablePins
// verdict: caught
// because: files that were kept for cursors stay behind when the store is closed
public final class TablePins implements ObsoleteTables {
    @Override
    public synchronized void close() {
        uses.clear();
    }
}
