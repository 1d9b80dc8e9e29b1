// exercise: 2.6
// type: storagelab.cursor.TableCursor
// verdict: caught
// because: the number of the block changes before its read succeeds, so that a failed read leaves another block's entries under it
public final class TableCursor {
    private void load(int target) {
        if (block != target) {
            block = target;
            entries = table.readBlock(target);
        }
    }
}
