// exercise: 2.6
// type: storagelab.cursor.TableCursor
// verdict: caught
// because: next takes the end of a block for the end of the table
public final class TableCursor {
    @Override
    public void next() {
        checkAtEntry();
        index = index + 1 < entries.size() ? index + 1 : NONE;
    }
}
