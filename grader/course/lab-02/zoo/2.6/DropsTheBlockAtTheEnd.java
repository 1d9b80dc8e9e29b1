// exercise: 2.6
// type: storagelab.cursor.TableCursor
// verdict: caught
// because: a cursor that runs off an end forgets the block it has, and reads it again for the next seek
public final class TableCursor implements EntryCursor {
    private void moveToFirstOf(int target) {
        index = NONE;
        if (target == table.blockCount()) {
            block = NONE;
        }
        if (target < table.blockCount()) {
            load(target);
            index = 0;
        }
    }
}
