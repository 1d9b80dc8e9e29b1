// exercise: 2.6
// type: storagelab.cursor.TableCursor
// verdict: caught
// because: a seekToFirst or seekToLast that could not read its block leaves the cursor at the entry it was at before
public final class TableCursor implements EntryCursor {
    @Override
    public void seekToFirst() {
        checkOpen();
        load(0);
        index = 0;
    }

    @Override
    public void seekToLast() {
        checkOpen();
        load(table.blockCount() - 1);
        index = entries.size() - 1;
    }
}
