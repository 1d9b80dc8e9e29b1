// exercise: 4.10
// type: storagelab.btree.BTreeCursor
// verdict: caught
// because: before the first entry of a leaf there is said to be none, though the leaf to the left has some
public final class BTreeCursor {
    @Override
    public void seekBefore(Slice key) {
        descendFromRoot(key, false);
        valid = leaf() != null && --index[leafLevel] >= 0;
    }
}
