// exercise: 2.6
// type: storagelab.cursor.TableCursor
// verdict: caught
// because: prev seeks the table anew instead of stepping back, and throws the block away that it has

public final class TableCursor {
    @Override
    public void prev() {
        Slice key = entry().key();
        block = NONE;
        seekBefore(key);
    }
}
