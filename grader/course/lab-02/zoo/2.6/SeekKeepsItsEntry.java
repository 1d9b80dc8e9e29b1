// exercise: 2.6
// type: storagelab.cursor.TableCursor
// verdict: caught
// because: a seek that could not read its block leaves the cursor at the entry it was at before
public final class TableCursor implements EntryCursor {
    @Override
    public void seek(Slice key) {
        checkOpen();
        if (order.compare(key, table.info().largest()) > 0) {
            index = NONE;
            return;
        }
        int beginAtOrBefore =
                Bounds.partitionPoint(table.blockCount(), i -> order.compare(table.firstKey(i), key) <= 0);
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
