// exercise: 5.15
// type: storagelab.lsm.VisibleCursor
// verdict: accepted
// because: a seek goes in front of all versions of the key, and passes those that are too new from there
public final class VisibleCursor implements Cursor {
    @Override
    public void seek(Slice wanted) {
        checkOpen();
        entries.seek(InternalKey.seekKey(wanted, InternalKey.MAX_SEQUENCE));
        forward(null);
    }
}
