// exercise: 4.10
// type: storagelab.btree.BTreeCursor
// verdict: caught
// because: a key is copied each time that it is asked for
public final class BTreeCursor {
    @Override
    public Slice key() {
        return Slice.wrap(entryLeaf().key(index[leafLevel]).toByteArray());
    }
}
