// exercise: 2.6
// type: storagelab.cursor.TableCursor
// verdict: caught
// because: the index in memory is gone through from its first key
public final class TableCursor implements EntryCursor {
    @Override
    public void seek(Slice key) {
        checkOpen();
        index = NONE;
        if (order.compare(key, table.info().largest()) > 0) {
            return;
        }
        int beginAtOrBefore = 0;
        while (beginAtOrBefore < table.blockCount()
                && order.compare(table.firstKey(beginAtOrBefore), key) <= 0) {
            beginAtOrBefore++;
        }
        if (beginAtOrBefore == 0) {
            moveToFirstOf(0);
            return;
        }
        load(beginAtOrBefore - 1);
        int less = countLessThan(key);
        if (less < entries.size()) {
            index = less;
        } else {
            moveToFirstOf(beginAtOrBefore);
        }
    }
}
