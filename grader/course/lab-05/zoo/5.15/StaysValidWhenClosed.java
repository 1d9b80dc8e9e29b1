// exercise: 5.15
// type: storagelab.sstable.InternalMergingCursor
// verdict: caught
// because: a closed cursor says that it is at an entry
public final class InternalMergingCursor implements InternalCursor {
    @Override
    public void close() {
        for (InternalCursor cursor : cursors) {
            cursor.close();
        }
    }
}
