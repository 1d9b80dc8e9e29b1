// exercise: 2.6
// type: storagelab.cursor.TableCursor
// verdict: caught
// because: a step that could not read its block leaves the cursor at the entry before, as if nothing had happened
public final class TableCursor {
    private void moveToFirstOf(int target) {
        if (target < table.blockCount()) {
            load(target);
            index = 0;
        } else {
            index = NONE;
        }
    }
}
