// exercise: 4.10
// type: storagelab.btree.BTreeCursor
// verdict: accepted
// because: a seek to a key between the first and the last of the leaf that it is in reads nothing: better than asked for
public final class BTreeCursor {
    @Override
    public void seek(Slice key) {
        SlottedPage leaf = valid ? leaf() : null;
        if (leaf != null
                && leaf.key(0).compareTo(key) <= 0
                && leaf.key(leaf.count() - 1).compareTo(key) >= 0) {
            int found = leaf.find(key);
            index[leafLevel] = found >= 0 ? found : -found - 1;
            return;
        }
        descendFromRoot(key, false);
        leaf = leaf();
        valid = leaf != null && (index[leafLevel] < leaf.count() || toNeighbour(1));
    }
}
