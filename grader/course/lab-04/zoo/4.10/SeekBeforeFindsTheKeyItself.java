// exercise: 4.10
// type: storagelab.btree.BTreeCursor
// verdict: caught
// because: the last entry that is not greater, and not the last that is less
public final class BTreeCursor {
    @Override
    public void seekBefore(Slice key) {
        descendFromRoot(key, false);
        SlottedPage leaf = leaf();
        valid = leaf != null;
        if (leaf != null && leaf.find(key) < 0) {
            valid = --index[leafLevel] >= 0 || toNeighbour(-1);
        }
    }
}
