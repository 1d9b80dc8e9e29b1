// exercise: 5.15
// type: storagelab.table.MergedCursor
// verdict: caught
// because: a closed cursor says that it is at an entry
public final class MergedCursor implements InternalCursor {
    @Override
    public void close() {
        for (InternalCursor cursor : cursors) {
            cursor.close();
        }
    }
}
