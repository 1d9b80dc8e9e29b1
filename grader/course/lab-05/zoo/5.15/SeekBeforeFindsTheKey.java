// exercise: 5.15
// type: storagelab.lsm.VisibleCursor
// verdict: caught
// because: seekBefore looks for the version that shows and goes back from there: it finds newer versions of the same key
public final class VisibleCursor implements Cursor {
    @Override
    public void seekBefore(Slice wanted) {
        checkOpen();
        entries.seek(InternalKey.seekKey(wanted, 0));
        if (entries.isValid()) {
            entries.prev();
        } else {
            entries.seekToLast();
        }
        backward();
    }
}
