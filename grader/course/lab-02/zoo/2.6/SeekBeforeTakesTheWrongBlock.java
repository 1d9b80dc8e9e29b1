// exercise: 2.6
// type: storagelab.cursor.TableCursor
// verdict: caught
// because: seekBefore looks in the block that begins with the key, which has nothing before it
public final class TableCursor {
    @Override
    public void seekBefore(Slice key) {
        checkOpen();
        index = NONE;
        int blocks = Bounds.partitionPoint(
                table.blockCount(), i -> table.firstKey(i).compareTo(key) <= 0);
        if (blocks > 0) {
            load(blocks - 1);
            index = countLessThan(key) - 1;
        }
    }
}
