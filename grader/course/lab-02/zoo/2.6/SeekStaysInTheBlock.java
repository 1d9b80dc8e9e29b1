// exercise: 2.6
// type: storagelab.cursor.TableCursor
// verdict: caught
// because: a key behind everything in its block is taken for one behind everything in the table
public final class TableCursor {
    @Override
    public void seek(Slice key) {
        checkOpen();
        index = NONE;
        int blocks = Bounds.partitionPoint(
                table.blockCount(), i -> table.firstKey(i).compareTo(key) <= 0);
        load(Math.max(0, blocks - 1));
        int less = countLessThan(key);
        index = less < entries.size() ? less : NONE;
    }
}
