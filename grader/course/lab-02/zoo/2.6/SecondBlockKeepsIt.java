// exercise: 2.6
// type: storagelab.cursor.TableCursor
// verdict: caught
// because: a seek into the gap behind a block whose second read fails leaves the cursor valid
public final class TableCursor implements EntryCursor {
    @Override
    public void seek(Slice key) {
        checkOpen();
        index = NONE;
        if (order.compare(key, table.info().largest()) > 0) {
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
            index = less - 1;
            next0();
        }
    }

    private void next0() {
        if (block + 1 < table.blockCount()) {
            load(block + 1);
            index = 0;
        } else {
            index = NONE;
        }
    }
}
