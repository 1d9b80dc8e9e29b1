// exercise: 4.10
// type: storagelab.btree.BTreeCursor
// verdict: caught
// because: when the next leaf cannot be read the cursor is behind the last entry of this one and calls that valid
public final class BTreeCursor {
    @Override
    public void next() {
        SlottedPage leaf = entryLeaf();
        if (++index[leafLevel] == leaf.count()) {
            valid = toNeighbour(1);
        }
    }
}
