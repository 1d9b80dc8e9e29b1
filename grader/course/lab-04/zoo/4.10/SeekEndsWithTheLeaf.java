// exercise: 4.10
// type: storagelab.btree.BTreeCursor
// verdict: caught
// because: a key behind the last of its leaf is said to be behind all, though the next leaf has greater ones
public final class BTreeCursor {
    @Override
    public void seek(Slice key) {
        descendFromRoot(key, false);
        SlottedPage leaf = leaf();
        valid = leaf != null && index[leafLevel] < leaf.count();
    }
}
